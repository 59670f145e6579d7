import { setTimeout as wait } from 'node:timers/promises'

const FIRST_WAIT_MS = 25

/** Asks again, soon and then every `everyMs`, until an answer will do, and resolves to that one; `onAnswer` sees each. */
export async function askUntil<T>(
  ask: () => Promise<T>,
  { isDone, everyMs, onAnswer }: { isDone(answer: T): boolean; everyMs: number; onAnswer?(answer: T): void },
): Promise<T> {
  for (let waitMs = Math.min(FIRST_WAIT_MS, everyMs); ; waitMs = Math.min(2 * waitMs, everyMs)) {
    const answer = await ask()
    onAnswer?.(answer)
    if (isDone(answer)) return answer
    await wait(waitMs)
  }
}
