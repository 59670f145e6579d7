import type { Socket } from 'node:net'

/** Reads a socket bit by bit; what is not asked for stays in the kernel, so that the sender feels it. */
export interface ByteReader {
  /** What comes up to and with `end`; null where the connection ends first. */
  until(end: string): Promise<Buffer | null>
  /** Between 1 and `limit` bytes; null at the end of the connection. */
  some(limit: number): Promise<Buffer | null>
  /** Resolves once a byte is there, or the connection has ended. */
  next(): Promise<void>
}

export function createByteReader(socket: Socket): ByteReader {
  const chunks = socket.iterator({ destroyOnReturn: false })
  let buffered: Buffer = Buffer.alloc(0)

  async function more(): Promise<boolean> {
    try {
      const { value, done } = (await chunks.next()) as IteratorResult<Buffer>
      if (done) return false
      buffered = buffered.length === 0 ? value : Buffer.concat([buffered, value])
      return true
    } catch {
      return false
    }
  }

  function take(count: number): Buffer {
    const taken = buffered.subarray(0, count)
    buffered = buffered.subarray(count)
    return taken
  }

  return {
    async until(end) {
      for (;;) {
        const at = buffered.indexOf(end)
        if (at >= 0) return take(at + end.length)
        if (!(await more())) return null
      }
    },
    async some(limit) {
      if (buffered.length === 0 && !(await more())) return null
      return take(Math.min(limit, buffered.length))
    },
    async next() {
      if (buffered.length === 0) await more()
    },
  }
}
