import { toInstant } from '#shared/contract/base.ts'
import type { SourceView } from '#shared/contract/sources.ts'
import type { Source } from '#shared/model/source.ts'

/** `captureUrl` is the capture base. */
export function toSourceView(source: Source, captureUrl: string): SourceView {
  return { ...source, createdAt: toInstant(source.createdAt), captureUrl: `${captureUrl}/${source.slug}` }
}
