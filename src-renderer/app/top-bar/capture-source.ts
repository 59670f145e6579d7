import type { SourceView } from '#shared/contract/sources.ts'

/** Where senders point: the source `inbox`, or else the project's first. */
export function captureSource(sources: readonly SourceView[] | undefined): SourceView | undefined {
  return sources?.find(({ slug }) => slug === 'inbox') ?? sources?.at(-1)
}
