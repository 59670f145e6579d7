import type { Readable } from 'node:stream'

/** Where text goes. What is no terminal has no size. */
export interface Output {
  write(text: string): unknown
  isTTY?: boolean
  columns?: number
  rows?: number
  on?(event: 'resize', listener: () => void): unknown
  off?(event: 'resize', listener: () => void): unknown
}

/** Where text and keys come from. */
export interface Input extends Readable {
  isTTY?: boolean
  setRawMode?(isRaw: boolean): unknown
}

/** Whether a person sits at a terminal that can be drawn on, with keys. */
export function canDraw({ stdin, stdout, env }: Terminal): boolean {
  return stdin.isTTY === true && stdout.isTTY === true && env['TERM'] !== 'dumb'
}

/** All that a command sees of the outside, so that a test can be its outside. */
export interface Terminal {
  stdin: Input
  stdout: Output
  stderr: Output
  env: NodeJS.ProcessEnv
  /** Unix ms. */
  now(): number
  /** Aborted at the first signal to stop; asking for it is taking over those signals. */
  untilStopped(): AbortSignal
}
