/** A message on its way between two worlds that only pass JSON: text as it is, bytes as base64. */
export type Packed = { text: string } | { base64: string }

export function pack(data: unknown): Packed {
  if (typeof data === 'string') return { text: data }
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : (data as Uint8Array)
  return { base64: Buffer.from(bytes).toString('base64') }
}

export function unpack(packed: Packed): string | Uint8Array {
  return 'text' in packed ? packed.text : new Uint8Array(Buffer.from(packed.base64, 'base64'))
}

/** The same two in a page, as the text of functions `pack` and `unpack`. */
export const PACKING_IN_PAGE = `
  const pack = (data) => typeof data === 'string' ? { text: data } : { base64: btoa(String.fromCharCode(...new Uint8Array(data.buffer ?? data))) }
  const unpack = (packed) => packed.text ?? Uint8Array.from(atob(packed.base64), (one) => one.charCodeAt(0))
`
