import type { EventDetail } from '#shared/contract/events.ts'
import { hasOwnHeaders } from '#shared/model/has-own-headers.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { ReplayInput } from '../../../platform/replays/begin-replay.ts'
import { base64 } from '../../../platform/browser/base64.ts'
import { bodyKind, isCalledJson } from '../../../ui/payload/body-kind.ts'
import { decodeText } from '../../../ui/payload/decode-text.ts'
import { formatBytes } from '../../../ui/format/size.ts'

/** A message as a person changes it; `text` is null where its bytes cannot be edited as text. */
export interface Draft {
  headers: HeaderList
  text: string | null
}

/** What editing begins with, and what is to be said of it. */
export interface Start {
  draft: Draft
  isJson: boolean
  /** Why the body cannot be edited, or what changes with it; null where there is nothing to say. */
  note: string | null
}

/** An editor with more would be felt at each key. */
const MOST_BYTES = 4 * 1024 * 1024

/** The message of an event as it goes out, to be edited. */
export function startOf(event: EventDetail, bytes: Uint8Array): Start {
  const { text, note } = textOf(event, bytes)
  const isJson = text !== null && (isCalledJson(event.contentType) || bodyKind(event.contentType, text) === 'json')
  return { draft: { headers: headersOf(event), text }, isJson, note }
}

function headersOf(event: EventDetail): HeaderList {
  if (hasOwnHeaders(event)) return event.headers
  return event.contentType === null ? [] : [['Content-Type', event.contentType]]
}

function textOf({ contentType }: EventDetail, bytes: Uint8Array): { text: string | null; note: string | null } {
  if (bytes.length > MOST_BYTES) {
    return {
      text: null,
      note: `A body of ${formatBytes(bytes.length)} is too long to be edited here: only headers are.`,
    }
  }
  const { text, encoding, isLossy } = decodeText(bytes, contentType)
  if (isLossy || bodyKind(contentType, text) === 'binary') {
    return { text: null, note: 'These bytes are no text, so the body stays as it is: only headers are edited.' }
  }
  if (encoding === 'utf-8') return { text, note: null }
  return { text, note: `It came as ${encoding.toUpperCase()}. Edited, it goes out as UTF-8: say so in Content-Type.` }
}

/** What of a draft is not as it came. */
export function changesOf(start: Draft, draft: Draft): { headers: boolean; body: boolean } {
  return {
    headers: JSON.stringify(start.headers) !== JSON.stringify(draft.headers),
    body: start.text !== draft.text,
  }
}

/** A replay's edit: only what was changed, so that every other byte stays. Undefined where nothing was. */
export function editInput(start: Draft, draft: Draft, freshIds: boolean): ReplayInput['edit'] {
  const { headers, body } = changesOf(start, draft)
  if (!headers && !body) return undefined
  return {
    freshIds,
    ...(headers && { headers: draft.headers.filter(([name]) => name !== '').map(([name, value]) => [name, value]) }),
    ...(body && { bodyBase64: base64(new TextEncoder().encode(draft.text ?? '')) }),
  }
}
