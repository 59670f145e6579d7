import { z } from 'zod'
import { AppError } from '#shared/model/app-error.ts'
import { EventType } from '#shared/model/event.ts'
import { fieldSources, itemSources } from '../../json/json-source.ts'

/** The most messages that one request may bring. */
export const MAX_MESSAGES = 500

/** A message as pages put it. What else stands in it is kept with its bytes. */
const Envelope = z.object({
  id: z.string().min(1).max(200),
  type: EventType,
  createdAt: z.iso.datetime({ offset: true, error: 'use ISO 8601 such as 2026-01-02T12:00:00.000Z' }),
  data: z.unknown().refine((data) => data !== undefined, { error: 'is missing' }),
})

export interface IngestedMessage {
  id: string
  type: string
  /** The very bytes of this message. */
  body: Uint8Array
}

/** The messages of an ingested body: one, or a list. Throws `AppError` `invalid_request` that names the field. */
export function readEnvelopes(body: Uint8Array): readonly IngestedMessage[] {
  const text = textOf(body)
  if (fieldSources(text) !== null) return [{ ...checked(text, ''), body }]
  const items = itemSources(text)
  if (items === null) throw invalid('The body is not a JSON object or a list of them.')
  if (items.length === 0 || items.length > MAX_MESSAGES) {
    throw invalid(`A list brings 1 to ${MAX_MESSAGES} messages; this one has ${items.length}.`)
  }
  return items.map((item, index) => ({ ...checked(item, `${index}.`), body: new TextEncoder().encode(item) }))
}

function textOf(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw invalid('The body is not text in UTF-8.')
  }
}

/** `at` stands before the names of fields. */
function checked(json: string, at: string): { id: string; type: string } {
  const { success, data, error } = Envelope.safeParse(JSON.parse(json))
  if (success) return { id: data.id, type: data.type }
  const [issue] = error.issues
  const field = `${at}${issue?.path.join('.') ?? ''}`.replace(/\.$/, '')
  throw invalid(`\`${field}\` is not valid: ${issue?.message ?? 'unknown'}.`, field)
}

function invalid(message: string, field?: string): AppError {
  return new AppError('invalid_request', message, {
    ...(field !== undefined && { field }),
    hint: 'Send {"id", "type", "createdAt", "data"}, or a list of them.',
  })
}
