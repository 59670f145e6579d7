import { describeError } from '../../platform/api/refusal.ts'
import { createObservable } from '../../platform/browser/observable.ts'

export interface Notice {
  id: number
  tone: 'good' | 'bad'
  text: string
  action: { label: string; run: () => void } | null
}

/** What is still to be done when a notice ends, unless it is taken back before. */
export interface Pending {
  /** Does it in the engine. */
  commit: () => void
  /** Shows things as they were before. */
  undo: () => void
}

const MOST_SHOWN = 3
const waiting = new Map<number, Pending>()
let lastId = 0

export const notices = createObservable<readonly Notice[]>([])

/** Tells of something done. */
export function showDone(text: string, action: Notice['action'] = null): void {
  show({ tone: 'good', text, action })
}

/** Tells what failed: a sentence, or the API's own words for an error. */
export function showError(error: unknown): void {
  show({ tone: 'bad', text: typeof error === 'string' ? error : describeError(error), action: null })
}

/** Tells of trouble that somebody may want to look at. */
export function showTrouble(text: string, action: Notice['action']): void {
  show({ tone: 'bad', text, action })
}

/**
 * Tells of something that the window shows as done and the engine does only when the notice ends: by time, by hand,
 * pushed out by others, or because the page is left. Until then its Undo takes it back and the engine hears nothing.
 */
export function showUndo(text: string, pending: Pending): void {
  const id = show({ tone: 'good', text, action: { label: 'Undo', run: () => undo(id) } })
  waiting.set(id, pending)
}

/** Takes back the latest that can be taken back; false where there is none. */
export function undoLatest(): boolean {
  const latest = [...waiting.keys()].at(-1)
  if (latest === undefined) return false
  undo(latest)
  return true
}

/** Ends a notice, and does what was waiting for its end. */
export function endNotice(id: number): void {
  notices.set(notices.get().filter((notice) => notice.id !== id))
  const pending = waiting.get(id)
  waiting.delete(id)
  pending?.commit()
}

/** Does all that is waiting now, because the page is left. */
export function endAllNotices(): void {
  for (const { id } of notices.get()) endNotice(id)
}

function show(notice: Omit<Notice, 'id'>): number {
  const id = ++lastId
  // The same words twice are one notice, but two deeds that wait to be done are two.
  const isRepeat = (old: Notice): boolean => old.text === notice.text && !waiting.has(old.id)
  const shown = [...notices.get().filter((old) => !isRepeat(old)), { id, ...notice }]
  notices.set(shown.slice(-MOST_SHOWN))
  for (const old of shown.slice(0, -MOST_SHOWN)) endNotice(old.id)
  return id
}

function undo(id: number): void {
  const pending = waiting.get(id)
  waiting.delete(id)
  endNotice(id)
  pending?.undo()
}
