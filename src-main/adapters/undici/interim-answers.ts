import type { Socket } from 'node:net'

/** Interim answers (1xx) that are put up with before the final one. */
const LIMIT = 32
/** More than any one of them needs. */
const HEAD_LIMIT_BYTES = 16 * 1024
const START = /^HTTP\/1\.\d 1(?!01)\d\d/
const STATUS_AT = 9
const START_BYTES = 12

/** The code of the error that ends a socket on which they have no end. */
export const TOO_MANY_INTERIM = 'TOO_MANY_INTERIM'

export interface InterimAnswers {
  /** The next bytes begin an answer. */
  expectAnswer(): void
}

/**
 * Takes interim answers out of what a socket reads, because undici drops the connection on a 100 that nobody asked for.
 * A 101 is left in: nothing can be done with it. All else passes untouched.
 */
export function skipInterimAnswers(socket: Socket): InterimAnswers {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null
  let atHead = true
  let seen = 0
  let held: Buffer | null = null

  /** The bytes to go on with; null where more must come first. */
  function sift(chunk: Buffer): Buffer | null {
    let bytes = held ? Buffer.concat([held, chunk]) : chunk
    held = null
    while (mayBeInterim(bytes)) {
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0 && bytes.length <= HEAD_LIMIT_BYTES) {
        held = bytes
        return null
      }
      if (end < 0) break
      seen += 1
      if (seen > LIMIT) {
        socket.destroy(Object.assign(new Error(`more than ${LIMIT} interim answers`), { code: TOO_MANY_INTERIM }))
        return null
      }
      bytes = bytes.subarray(end + 4)
      if (bytes.length === 0) return null
    }
    atHead = false
    return bytes
  }

  socket.read = (size?: number): Buffer | null => {
    for (;;) {
      const chunk = read(size)
      if (!atHead || chunk === null) return chunk
      const sifted = sift(chunk)
      if (sifted || socket.destroyed) return sifted
    }
  }
  return {
    expectAnswer() {
      atHead = true
      seen = 0
      held = null
    },
  }
}

function mayBeInterim(bytes: Buffer): boolean {
  if (bytes.length > STATUS_AT && bytes[STATUS_AT] !== 0x31) return false
  const start = bytes.toString('latin1', 0, START_BYTES)
  return bytes.length < START_BYTES ? 'HTTP/1.1 1'.startsWith(start.slice(0, STATUS_AT + 1)) : START.test(start)
}
