import { toInstant } from '#shared/contract/base.ts'
import type { SourceView } from '#shared/contract/sources.ts'
import type { Source } from '#shared/model/source.ts'
import type { ApiContext } from '../api-context.ts'

export async function toSourceView(
  { engine, info }: Pick<ApiContext, 'engine' | 'info'>,
  source: Source,
): Promise<SourceView> {
  const secrets = await engine.sources.secrets(source)
  return {
    ...source,
    secrets: secrets.map(({ id, createdAt }) => ({ id, createdAt: toInstant(createdAt) })),
    hasVerifyToken: await engine.sources.hasVerifyToken(source),
    createdAt: toInstant(source.createdAt),
    isLinked: engine.links.feeds(source),
    captureUrl: `${info.captureUrl}/${engine.capture.addressOf(source)}`,
    ingestUrl: new URL(`/ingest/${source.ingestKey}`, info.captureUrl).href,
    scriptStanding: engine.sources.scriptStanding(source),
  }
}
