import { useState } from 'react'
import type { Draft } from './draft.ts'

/** What was begun and not sent, by event: whoever looks something up meanwhile finds it again. */
const kept = new Map<string, Draft>()

/** A draft that outlives its screen, until it is put back to its beginning or the window is closed. */
export function useKeptDraft(eventId: string, start: Draft): [draft: Draft, change: (draft: Draft) => void] {
  const [draft, setDraft] = useState(() => kept.get(eventId) ?? start)
  return [
    draft,
    (next) => {
      if (next === start) kept.delete(eventId)
      else kept.set(eventId, next)
      setDraft(next)
    },
  ]
}
