import type { IncomingMessage } from 'node:http'
import type { HeaderList } from '#shared/model/header.ts'
import type { Source } from '#shared/model/source.ts'
import type { BodyRead } from './body/read-body.ts'
import { declaredSize } from './received.ts'
import { refusalAnswer, type SenderAnswer } from './sender-answer.ts'

/** How whole a request is, and what its sender is told where it is not. */
export type Verdict =
  | { capture: 'complete'; body: Uint8Array }
  | { capture: 'partial' | 'malformed' | 'refused'; body: Uint8Array; note: string; answer: SenderAnswer }

const NOTHING = new Uint8Array()
const BODY_METHODS = new Set(['POST', 'PUT', 'PATCH'])

/** Judges by the head alone; null where the body decides. */
export function judgeHead(request: IncomingMessage, source: Source): Verdict | null {
  const declared = declaredSize(request)
  if (request.httpVersion === '1.1' && request.headers.host === undefined) {
    return malformed(NOTHING, 'The request has no Host header, which HTTP/1.1 requires.')
  }
  if (isUnframed(request)) {
    const note = 'An HTTP/1.0 request without Content-Length: its body, if it had one, could not be read.'
    return {
      capture: 'partial',
      body: NOTHING,
      note,
      answer: refusalAnswer(411, { code: 'length_required', message: note }),
    }
  }
  if (declared !== null && declared > source.bodyLimitBytes) return tooLarge(source, `of ${declared} bytes`)
  return null
}

/** HTTP/1.0 tells the end of a body by its length alone; without one the parser hands over an empty body. */
export function isUnframed({ httpVersion, method, headers }: IncomingMessage): boolean {
  return (
    httpVersion === '1.0' &&
    BODY_METHODS.has(method ?? '') &&
    headers['content-length'] === undefined &&
    headers['transfer-encoding'] === undefined
  )
}

/** Judges a request whose head was fine by how its body ended. */
export function judgeBody(
  read: BodyRead,
  given: { source: Source; request: IncomingMessage; malformed: string | null; silentMs: number | null },
): Verdict {
  switch (read.kind) {
    case 'complete':
      return { capture: 'complete', body: read.body }
    case 'over-limit':
      return tooLarge(given.source, 'that went on past its limit')
    case 'no-room':
      return CROWDED
    case 'broken': {
      if (given.malformed !== null) return malformed(read.body, given.malformed)
      const came = `after ${read.body.length} of ${declaredSize(given.request) ?? 'an unknown number of'} bytes`
      const note = given.silentMs === null ? `The sender left ${came}.` : `The sender fell silent ${came}.`
      const answer = refusalAnswer(408, { code: 'incomplete_request', message: note })
      return { capture: 'partial', body: read.body, note, answer }
    }
    default:
      return read satisfies never
  }
}

const CROWDED: Verdict = (() => {
  const message = 'Too many large bodies were on their way in at once; send this one again later.'
  const answer = refusalAnswer(503, { code: 'too_many_bodies', message })
  const headers: HeaderList = [...answer.headers, ['Retry-After', '10']]
  return { capture: 'refused', body: NOTHING, note: message, answer: { ...answer, headers } }
})()

function malformed(body: Uint8Array, note: string): Verdict {
  return { capture: 'malformed', body, note, answer: refusalAnswer(400, { code: 'malformed_request', message: note }) }
}

function tooLarge({ slug, bodyLimitBytes }: Source, size: string): Verdict {
  const message = `The body is too large: the source ${slug} takes ${bodyLimitBytes} bytes at most.`
  return {
    capture: 'refused',
    body: NOTHING,
    note: `A body ${size} was refused: the source takes ${bodyLimitBytes} bytes at most.`,
    answer: refusalAnswer(413, { code: 'payload_too_large', message, hint: 'Raise the body limit of the source.' }),
  }
}
