import { UNTYPED_EVENT } from '#shared/model/event.ts'
import { ExchangeLine, type ExportedEvent, LINES_VERSION } from '#shared/model/exchange/exported-event.ts'
import { ImportRefusal } from '#main/engine/ports.ts'
import type { Candidate } from './har-entry.ts'

/** One line, which is held while it is read: a large body as base64 and room for its deliveries. */
const LINE_CHARACTERS = 160 * 1024 * 1024

/** The events of JSON Lines that come as text in pieces, one line held at a time. Throws `ImportRefusal`. */
export async function* readEventLines(texts: AsyncIterable<string>): AsyncGenerator<Candidate> {
  let number = 0
  let events = 0
  let isEnded = false
  for await (const text of linesOf(texts)) {
    number += 1
    if (isEnded) throw misplaced(number, 'comes after the end')
    const line = parse(text, number)
    if ((number === 1) !== (line.kind === 'hookloop-events')) throw misplaced(number, 'stands in the wrong place')
    if (line.kind === 'hookloop-events' && line.version !== LINES_VERSION) {
      throw new ImportRefusal(
        `Line 1 says that the file has version ${line.version}.`,
        `This program reads version ${LINES_VERSION}. Update Hookloop, or export with an older one.`,
      )
    }
    if (line.kind === 'end') {
      isEnded = true
      if (line.events !== events) {
        throw new ImportRefusal(
          `Lines are missing: the end tells of ${line.events} events, and ${events} are there.`,
          'Export it again: this file is not whole.',
        )
      }
    }
    if (line.kind === 'event') {
      events += 1
      yield toCandidate(line)
    }
  }
  if (!isEnded)
    throw new ImportRefusal(
      `The file ends after line ${number}, without its end.`,
      'Export it again: this file is not whole.',
    )
}

async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let parts: string[] = []
  let length = 0
  let number = 1
  for await (const text of texts) {
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      yield parts.join('') + text.slice(start, end)
      parts = []
      length = 0
      number += 1
      start = end + 1
    }
    parts.push(text.slice(start))
    length += text.length - start
    if (length > LINE_CHARACTERS)
      throw new ImportRefusal(
        `Line ${number} is longer than ${LINE_CHARACTERS / 1024 ** 2} MiB.`,
        'Leave that event out.',
      )
  }
  if (length > 0) yield parts.join('')
}

function misplaced(number: number, how: string): ImportRefusal {
  return new ImportRefusal(
    `Line ${number} ${how}.`,
    'A file of events begins with the line that its export wrote first, and ends with the one that it wrote last.',
  )
}

function parse(text: string, number: number): ExchangeLine {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new ImportRefusal(
      number === 1
        ? 'The file is neither a HAR nor JSON Lines of Hookloop.'
        : `Line ${number} is no JSON, or is cut off.`,
      number === 1
        ? 'Choose a file that a browser, a proxy or Hookloop exported.'
        : 'Export it again: this file is not whole.',
      { cause: error },
    )
  }
  const parsed = ExchangeLine.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const what = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`
  throw new ImportRefusal(
    `Line ${number} is none of a file of events${what}.`,
    'The file was changed, or is of a newer version.',
  )
}

/** Attempts to deliver it elsewhere are no part of what is kept here. */
function toCandidate({ body, receivedAt, ...event }: ExportedEvent): Candidate {
  const { type, provider, method, path, query, httpVersion, headers, trailers, contentType } = event
  return {
    event: {
      type: type || UNTYPED_EVENT,
      provider,
      method: method || 'POST',
      path,
      query,
      httpVersion,
      headers,
      trailers,
      contentType,
      cameAt: Date.parse(receivedAt),
    },
    body: 'text' in body ? new TextEncoder().encode(body.text) : new Uint8Array(Buffer.from(body.base64, 'base64')),
  }
}
