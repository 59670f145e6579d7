/** What can stand in a header's value: visible ASCII with inner spaces. */
const HEADER_SAFE = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/

/** A top-level string of a JSON body that fits into a header; null for anything else. */
export function bodyField(body: Uint8Array, name: string): string | null {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    if (typeof parsed !== 'object' || parsed === null || !Object.hasOwn(parsed, name)) return null
    const value = (parsed as Record<string, unknown>)[name]
    return typeof value === 'string' && HEADER_SAFE.test(value) ? value : null
  } catch {
    return null
  }
}
