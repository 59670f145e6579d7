import { PassThrough } from 'node:stream'
import type { Input, Terminal } from '#main/cli/terminal/terminal.ts'

export interface FakeTerminal extends Terminal {
  stdin: PassThrough & Input
  /** What was printed so far. */
  printed(): { stdout: string; stderr: string }
  /** Resolves once stdout, or what is printed beside it, holds what is looked for. */
  untilPrinted(pattern: RegExp): Promise<string>
  /** Resolves at the next output. */
  untilMore(): Promise<void>
  /** Keys, by name or as typed. */
  press(...keys: string[]): void
  /** As Ctrl-C. */
  stop(): void
}

export interface FakeOptions {
  env?: NodeJS.ProcessEnv
  /** What is piped in; nothing more comes after it. */
  stdin?: string | Uint8Array
  /** A terminal of this size, in place of pipes. */
  size?: { columns: number; rows: number }
}

const SEQUENCES: Readonly<Record<string, string>> = {
  up: '\u001b[A',
  down: '\u001b[B',
  left: '\u001b[D',
  enter: '\r',
  escape: '\u001b',
  backspace: '\u007f',
}

/** A terminal, or pipes, without a process. */
export function createFakeTerminal({ env = {}, stdin, size }: FakeOptions = {}): FakeTerminal {
  const printed = { stdout: '', stderr: '' }
  const stopped = new AbortController()
  const watching = new Set<() => void>()
  const input: PassThrough & Input = new PassThrough()
  if (stdin !== undefined) input.end(stdin)
  if (size !== undefined) Object.assign(input, { isTTY: true, setRawMode: () => input })
  const output = (name: 'stdout' | 'stderr') => ({
    ...size,
    isTTY: size !== undefined,
    write(text: string) {
      printed[name] += text
      for (const look of watching) look()
    },
  })
  return {
    stdin: input,
    stdout: output('stdout'),
    stderr: output('stderr'),
    env,
    now: Date.now,
    untilStopped: () => stopped.signal,
    printed: () => ({ ...printed }),
    untilPrinted(pattern) {
      return new Promise((resolve) => {
        const look = (): void => {
          if (!pattern.test(printed.stdout) && !pattern.test(printed.stderr)) return
          watching.delete(look)
          resolve(printed.stdout)
        }
        watching.add(look)
        look()
      })
    },
    untilMore: () =>
      new Promise((resolve) => {
        const look = (): void => {
          watching.delete(look)
          resolve()
        }
        watching.add(look)
      }),
    press(...keys) {
      for (const key of keys) input.write(SEQUENCES[key] ?? key)
    },
    stop: () => stopped.abort(),
  }
}
