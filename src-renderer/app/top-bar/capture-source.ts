import type { SourceView } from '#shared/contract/sources.ts'

/** Where senders point: the source `inbox`, or else the project's first. */
export function captureSource(sources: readonly SourceView[] | undefined): SourceView | undefined {
  const own = sources?.filter(({ isLinked }) => !isLinked)
  return own?.find(({ slug }) => slug === 'inbox') ?? own?.at(-1)
}
