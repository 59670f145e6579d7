import type { HeaderList } from '#shared/model/header.ts'
import { base64 } from '../../platform/browser/base64.ts'

/** An event as it is being written. */
export interface ComposeDraft {
  type: string
  /** Empty where no provider is meant. */
  provider: string
  headers: HeaderList
  text: string
}

const JSON_TYPE = 'application/json'

export const EMPTY_DRAFT: ComposeDraft = {
  type: '',
  provider: '',
  headers: [['Content-Type', JSON_TYPE]],
  text: '{\n  \n}',
}

const isContentType = ([name]: readonly [string, string]): boolean => name.trim().toLowerCase() === 'content-type'

/** The draft as the API takes it: the content type by itself, rows without a name left out. */
export function composeInput({ type, provider, headers, text }: ComposeDraft) {
  const named = headers.filter(([name]) => name.trim() !== '').map(([name, value]): [string, string] => [name, value])
  const contentType = named.find(isContentType)?.[1] ?? 'application/octet-stream'
  const others = named.filter((header) => !isContentType(header))
  return {
    type: type.trim(),
    bodyBase64: base64(new TextEncoder().encode(text)),
    contentType,
    ...(provider !== '' && { provider }),
    ...(others.length > 0 && { headers: others }),
  }
}

export function isJson({ headers }: ComposeDraft): boolean {
  return /json/i.test(headers.find(isContentType)?.[1] ?? '')
}
