/** A text as it may lie about: as it is, encoded, escaped or turned round. */
export function disguises(text: string): Record<string, string> {
  const bytes = Buffer.from(text)
  const html: Record<string, string> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' }
  return {
    raw: text,
    base64: bytes.toString('base64').replace(/=+$/, ''),
    base64url: bytes.toString('base64url'),
    hex: bytes.toString('hex'),
    percent: encodeURIComponent(text),
    json: JSON.stringify(text).slice(1, -1),
    html: text.replaceAll(/[&<"]/g, (sign) => html[sign]!),
    reversed: Array.from(text).toReversed().join(''),
  }
}
