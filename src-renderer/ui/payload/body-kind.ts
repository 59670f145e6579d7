export type BodyKind = 'empty' | 'json' | 'form' | 'text' | 'binary'

/** Text as UTF-8, or null where the bytes are not that. A character cut off at the end does not count. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true })
  } catch {
    return null
  }
}

// eslint-disable-next-line no-control-regex -- these are the very characters that mark bytes that are no text
const CONTROL = /[\u0000-\u0008\u000e-\u001f]/

/** How a body is best shown: by what its sender calls it, unless its bytes say otherwise. */
export function bodyKind(contentType: string | null, text: string | null): BodyKind {
  if (text === '') return 'empty'
  if (text === null || CONTROL.test(text.slice(0, 4_096))) return 'binary'
  const media = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (isCalledJson(contentType) || media.endsWith('+json')) return 'json'
  if (media === 'application/x-www-form-urlencoded') return isJson(text) ? 'json' : 'form'
  return isJson(text) ? 'json' : 'text'
}

/** Longer texts are taken by how they begin: reading them whole is for another thread. */
const READ_CHARACTERS = 150_000

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  return text.length > READ_CHARACTERS || jsonProblem(text) === null
}

/** Whether a sender calls a body JSON. */
export function isCalledJson(contentType: string | null): boolean {
  return /^\s*application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '')
}

export function isCalledXml(contentType: string | null): boolean {
  return /^\s*(?:application|text|image)\/(?:[\w.-]+\+)?xml\s*(?:;|$)/i.test(contentType ?? '')
}

/** Why a text is not JSON, or null where it is. */
export function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : 'not JSON'
  }
}

/** Names and values of a form, in order, decoded. */
export function formFields(text: string): readonly (readonly [string, string])[] {
  return [...new URLSearchParams(text)]
}
