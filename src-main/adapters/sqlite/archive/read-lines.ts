import { createReadStream } from 'node:fs'
import { ArchiveError, ArchiveLine } from './archive-line.ts'

export interface ArchiveLimits {
  lineBytes: number
  archiveBytes: number
}

/** A line holds the largest body that a source takes, 100 MiB, as base64, with room for its headers. */
export const ARCHIVE_LIMITS: ArchiveLimits = { lineBytes: 160 * 1024 * 1024, archiveBytes: 16 * 1024 ** 3 }
const NEWLINE = 0x0a

export interface NumberedLine {
  number: number
  line: ArchiveLine
}

/** The lines of an archive, one at a time; never more than one is held. Throws `ArchiveError` with the line's number. */
export async function* readLines(path: string, limits = ARCHIVE_LIMITS) {
  let number = 0
  let rest: Buffer[] = []
  let restBytes = 0
  let readBytes = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    readBytes += chunk.length
    if (readBytes > limits.archiveBytes) throw tooLarge(`is larger than ${limits.archiveBytes} bytes`)
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      number += 1
      yield parse(Buffer.concat([...rest, chunk.subarray(start, end)]), number)
      rest = []
      restBytes = 0
      start = end + 1
    }
    rest.push(chunk.subarray(start))
    restBytes += chunk.length - start
    if (restBytes > limits.lineBytes) throw tooLarge(`has a line ${number + 1} of more than ${limits.lineBytes} bytes`)
  }
  if (restBytes > 0)
    throw new ArchiveError(`Line ${number + 1} is cut off.`, 'Export it again: this file is not whole.')
}

function tooLarge(how: string): ArchiveError {
  return new ArchiveError(`The archive ${how}.`, 'It is not one that Hookloop wrote.')
}

function parse(bytes: Buffer, number: number): NumberedLine {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new ArchiveError(`Line ${number} is no JSON.`, 'The file is damaged, or no archive of Hookloop.', {
      cause: error,
    })
  }
  const parsed = ArchiveLine.safeParse(json)
  if (parsed.success) return { number, line: parsed.data }
  const [issue] = parsed.error.issues
  const what = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`
  throw new ArchiveError(
    `Line ${number} is none of an archive${what}.`,
    'The file was changed, or is of a newer version.',
  )
}
