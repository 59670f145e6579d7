import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { z } from 'zod'

/** One request as the receiver wrote it down before it did anything about it. */
export const Receipt = z.object({
  /** Unix ms. */
  at: z.number(),
  eventId: z.string(),
  deliveryId: z.string(),
  attempt: z.number(),
  bodySha256: z.string(),
  bodyBytes: z.number(),
  /** Whether the body was read to its end. */
  whole: z.boolean(),
  /** What the receiver then did. */
  did: z.string(),
  /** The status that it wrote; null where it wrote none. */
  status: z.number().nullable(),
})
export type Receipt = z.infer<typeof Receipt>

/** A file that only grows: a receipt is on disk before `write` returns. */
export function openReceipts(path: string): { write(receipt: Receipt): void; close(): void } {
  const file = openSync(path, 'a')
  return {
    write(receipt) {
      writeSync(file, `${JSON.stringify(receipt)}\n`)
      fsyncSync(file)
    },
    close: () => closeSync(file),
  }
}

/** Every whole line of a receiver's file. */
export function readReceipts(path: string): Receipt[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => Receipt.parse(JSON.parse(line)))
}
