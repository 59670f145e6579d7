import type { ReactNode } from 'react'
import type { Matches } from './find-matches.ts'
import { lastNotAbove } from './numbers.ts'

/** A piece of a text, which stands at `at` in it, with what was found in it marked. */
export function MarkedText({
  text,
  at,
  matches,
  current,
}: {
  text: string
  at: number
  matches: Matches
  current: number
}) {
  const { starts, ends } = matches
  const end = at + text.length
  let match = Math.max(0, lastNotAbove(starts, at))
  if ((ends[match] ?? 0) <= at) match++
  if (match >= starts.length || (starts[match] ?? end) >= end) return text
  const parts: ReactNode[] = []
  let from = at
  for (; match < starts.length && (starts[match] ?? end) < end; match++) {
    const start = Math.max(from, starts[match] ?? 0)
    const stop = Math.min(end, ends[match] ?? 0)
    if (start > from) parts.push(text.slice(from - at, start - at))
    parts.push(
      <mark
        key={start}
        className={`rounded-sm text-text ${match === current ? 'bg-accent/50 outline outline-accent' : 'bg-retry/35'}`}
      >
        {text.slice(start - at, stop - at)}
      </mark>,
    )
    from = stop
  }
  if (from < end) parts.push(text.slice(from - at))
  return parts
}
