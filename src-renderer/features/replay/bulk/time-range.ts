/** A stretch of time as two inputs of the browser hold it, in the local zone; empty for no bound. */
export interface TimeRange {
  since: string
  until: string
}

export const ANY_TIME: TimeRange = { since: '', until: '' }

/** An instant as an input for date and time holds it: local, to the second. */
export function toLocalInput(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 19)
}

/** The instant that such an input holds; null where it is empty or none. */
export function fromLocalInput(text: string): string | null {
  const at = Date.parse(text)
  return text === '' || Number.isNaN(at) ? null : new Date(at).toISOString()
}

/** A filter narrowed to a stretch of time, as the API reads it. */
export function withRange(filter: string, { since, until }: TimeRange): string {
  const [from, to] = [fromLocalInput(since), fromLocalInput(until)]
  return [filter.trim(), from === null ? '' : `since:${from}`, to === null ? '' : `until:${to}`]
    .filter((part) => part !== '')
    .join(' ')
}

/** Why the stretch cannot be meant; null where it can. */
export function rangeProblem({ since, until }: TimeRange): string | null {
  const [from, to] = [fromLocalInput(since), fromLocalInput(until)]
  if (from === null || to === null || from < to) return null
  return 'It ends before it begins. Choose a later end.'
}
