import type { Clock } from '../ports.ts'

const WINDOW_MS = 60_000
/** More than any installation has callers at odds with it; beyond, the oldest is told anew. */
const MOST_KEPT = 1_000

interface Said {
  at: number
  /** Whether it really was said, once that is known. */
  done: Promise<boolean>
}

/** Says each thing once a minute: what was said within the last one is left out, unless that came to nothing. */
export function createRepeats(clock: Pick<Clock, 'now'>): (what: string, say: () => Promise<void>) => Promise<void> {
  const said = new Map<string, Said>()

  // A clock that was set back must not silence for long.
  const isRecent = ({ at }: Said): boolean => Math.abs(clock.now() - at) < WINDOW_MS

  function note(what: string, done: Promise<boolean>): void {
    said.delete(what)
    said.set(what, { at: clock.now(), done })
    if (said.size > MOST_KEPT) said.delete(said.keys().next().value!)
  }

  return async (what, say) => {
    for (let before = said.get(what); before && isRecent(before); before = said.get(what)) {
      if (await before.done) return
      if (said.get(what) === before) said.delete(what)
    }
    const saying = say()
    note(
      what,
      saying.then(
        () => true,
        () => false,
      ),
    )
    await saying
  }
}
