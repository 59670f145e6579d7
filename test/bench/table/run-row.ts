import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Measured } from './figure.ts'

/** With what it may have to make first; a row that takes longer hangs. */
const LONGEST_MS = 20 * 60_000

/** What the process of a row tells once. */
export type RowMessage = { measured: Measured } | { failed: string }

/** Measures a row in a process of its own, and ends whatever it leaves running; a sentence where it failed. */
export async function runRow(name: string): Promise<Measured | string> {
  // Detached, it leads a group: all that it starts ends with it.
  const child = fork(join(import.meta.dirname, 'row-process.ts'), [name], { execArgv: ['--expose-gc'], detached: true })
  const endAll = (): void => endGroup(child.pid)
  const interrupted = (): never => {
    endAll()
    process.exit(130)
  }
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  const tooLong = AbortSignal.timeout(LONGEST_MS)
  try {
    const exited = once(child, 'exit', { signal: tooLong }).then(([code, signal]) => `it ended with ${code ?? signal}`)
    const answered = once(child, 'message').then(([message]) => message as RowMessage)
    const told = await Promise.race([answered, exited])
    await exited
    if (typeof told === 'string') return told
    return 'failed' in told ? told.failed : told.measured
  } catch {
    return `it took longer than ${LONGEST_MS / 60_000} minutes`
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    endAll()
  }
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing of it is left.
  }
}
