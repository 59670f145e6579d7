import { open, type FileHandle } from 'node:fs/promises'
import type { StagedEvent } from '#shared/model/exchange/staged-event.ts'
import type { StagedEntry } from '#main/engine/ports.ts'

/** Two lengths: of the head as JSON, and of the body. */
const LENGTHS_BYTES = 8

/** Appends one event to a file of staged ones. */
export async function writeFrame(file: FileHandle, { event, body, bodySha256 }: StagedEntry): Promise<void> {
  const head = Buffer.from(JSON.stringify({ event, bodySha256 }))
  const lengths = Buffer.alloc(LENGTHS_BYTES)
  lengths.writeUInt32BE(head.length, 0)
  lengths.writeUInt32BE(body.length, 4)
  await file.writev([lengths, head, body])
}

/** Reads a file of staged events, one at a time: bodies as they are, so that nothing is parsed that is large. */
export async function* readFrames(path: string): AsyncGenerator<StagedEntry> {
  const file = await open(path, 'r')
  try {
    for (;;) {
      const lengths = await read(file, LENGTHS_BYTES)
      if (lengths.length === 0) return
      const head = await read(file, lengths.readUInt32BE(0))
      const body = await read(file, lengths.readUInt32BE(4))
      const { event, bodySha256 } = JSON.parse(head.toString()) as { event: StagedEvent; bodySha256: string }
      yield { event, bodySha256, body: new Uint8Array(body) }
    }
  } finally {
    await file.close()
  }
}

/** As many bytes, or none at the end. */
async function read(file: FileHandle, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}
