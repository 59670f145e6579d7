import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { HeaderList } from '#shared/model/header.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { Answer } from '#shared/model/source.ts'

/** An answer as it is written to the sender. */
export interface SenderAnswer {
  status: number
  headers: HeaderList
  body: Buffer
}

/** What a source may not set: the connection is ours, and cookies would reach the window, which ports do not part. */
const REFUSED_HEADERS = new Set([
  'clear-site-data',
  'connection',
  'content-length',
  'content-security-policy',
  'hookloop-event',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'service-worker-allowed',
  'set-cookie',
  'set-cookie2',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-content-type-options',
])

/** Statuses that carry no body. */
const BODILESS = new Set([204, 205, 304])

/** On every answer of this port: whatever a source answers, no browser runs it. */
const SAFETY_HEADERS: HeaderList = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Content-Security-Policy', "default-src 'none'; sandbox"],
]

/** What the sender of a stored event gets: the source's answer, or a short JSON receipt where it has no body. */
export function receiptFor(event: EventRecord, answer: Answer): SenderAnswer {
  const own = answer.headers.filter(([name, value]) => isSendable(name, value))
  const mark: HeaderList = [...SAFETY_HEADERS, ['Hookloop-Event', event.id]]
  if (BODILESS.has(answer.status)) return { status: answer.status, headers: [...own, ...mark], body: Buffer.alloc(0) }
  if (answer.body !== '') return { status: answer.status, headers: [...own, ...mark], body: Buffer.from(answer.body) }
  const named = own.filter(([name]) => name.toLowerCase() !== 'content-type')
  const receipt = Buffer.from(JSON.stringify({ id: event.id }))
  return { status: answer.status, headers: [...named, ['Content-Type', 'application/json'], ...mark], body: receipt }
}

export function jsonAnswer(status: number, value: unknown): SenderAnswer {
  return {
    status,
    headers: [['Content-Type', 'application/json'], ...SAFETY_HEADERS],
    body: Buffer.from(JSON.stringify(value)),
  }
}

/** Why a request is not captured, in the same shape as the API's errors. */
export function refusalAnswer(
  status: number,
  error: { code: string; message: string; field?: string; hint?: string },
): SenderAnswer {
  return jsonAnswer(status, { error })
}

function isSendable(name: string, value: string): boolean {
  if (REFUSED_HEADERS.has(name.toLowerCase())) return false
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}
