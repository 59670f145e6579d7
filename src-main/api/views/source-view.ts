import { toInstant } from '#shared/contract/base.ts'
import type { SourceView } from '#shared/contract/sources.ts'
import type { Source } from '#shared/model/source.ts'
import type { Engine } from '../../engine/engine.ts'

/** `captureUrl` is the capture base. */
export async function toSourceView(engine: Engine, source: Source, captureUrl: string): Promise<SourceView> {
  const secrets = await engine.sources.secrets(source)
  return {
    ...source,
    secrets: secrets.map(({ id, createdAt }) => ({ id, createdAt: toInstant(createdAt) })),
    createdAt: toInstant(source.createdAt),
    captureUrl: `${captureUrl}/${source.slug}`,
  }
}
