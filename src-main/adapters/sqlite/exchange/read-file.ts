import { createReadStream } from 'node:fs'
import { CopyAbortedError, ImportRefusal } from '#main/engine/ports.ts'

export interface ReadWatch {
  onProgress(readBytes: number): void
  isAborted(): boolean
}

const ANOTHER_ENCODING = 'Save the file as UTF-8 and import it again.'

/** How a file begins that is no text of ours, and what it is then. */
const BEGINNINGS: readonly (readonly [bytes: readonly number[], what: string, hint: string])[] = [
  [[0x1f, 0x8b], 'packed by gzip', 'Unpack it first: `gunzip file.gz`.'],
  [[0x50, 0x4b], 'a zip archive', 'Unpack it first, and import the file in it.'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'packed by zstd', 'Unpack it first: `unzstd file.zst`.'],
  [[0x42, 0x5a, 0x68], 'packed by bzip2', 'Unpack it first: `bunzip2 file.bz2`.'],
  [[0xff, 0xfe], 'in UTF-16', ANOTHER_ENCODING],
  [[0xfe, 0xff], 'in UTF-16', ANOTHER_ENCODING],
  [[0x7b, 0x00], 'in UTF-16', ANOTHER_ENCODING],
  [[0x00, 0x7b], 'in UTF-16', ANOTHER_ENCODING],
  [[0x00, 0x00], 'in UTF-32, or no text', ANOTHER_ENCODING],
]

/**
 * A file as text, in pieces; never more than one is held. Throws `ImportRefusal` where it is packed or not UTF-8, and
 * `CopyAbortedError`.
 */
export async function* readText(path: string, watch: ReadWatch): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let readBytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    if (watch.isAborted()) throw new CopyAbortedError()
    if (readBytes === 0) refuseByBeginning(chunk)
    yield decode(decoder, chunk, readBytes)
    readBytes += chunk.length
    watch.onProgress(readBytes)
  }
  if (readBytes === 0) throw new ImportRefusal('The file is empty.', 'Export it again.')
  yield decode(decoder, null, readBytes)
}

function refuseByBeginning(chunk: Buffer): void {
  const found = BEGINNINGS.find(([bytes]) => bytes.every((byte, at) => chunk[at] === byte))
  if (found) throw new ImportRefusal(`The file is ${found[1]}.`, found[2])
}

function decode(decoder: TextDecoder, chunk: Buffer | null, at: number): string {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch (error) {
    throw new ImportRefusal(
      `The file is not UTF-8: what stands at about byte ${at.toLocaleString('en-US')} is none of its characters.`,
      ANOTHER_ENCODING,
      { cause: error },
    )
  }
}
