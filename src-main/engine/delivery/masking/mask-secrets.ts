import type { HeaderList } from '#shared/model/header.ts'

/** Puts stars in place of secrets in what is recorded, wherever they stand. */
export interface SecretMask {
  text(text: string): string
  headers(headers: HeaderList): HeaderList
  /** As many bytes as before; `truncated` ones may end inside a secret. */
  bytes(bytes: Uint8Array<ArrayBuffer>, truncated: boolean): Uint8Array<ArrayBuffer>
}

/** A shorter secret would hide ordinary text wherever it occurs, and hides nothing itself. */
const SHORTEST = 4
const MASK = '***'
const STAR = 0x2a

export function createSecretMask(secrets: Iterable<string>): SecretMask {
  const forms = [...new Set([...secrets].flatMap(formsOf))].toSorted((a, b) => b.length - a.length)
  const needles = forms.map((form) => new TextEncoder().encode(form))
  const shortest = forms.at(-1)?.length ?? Number.POSITIVE_INFINITY
  const text = (value: string) =>
    value.length < shortest ? value : forms.reduce((masked, form) => masked.replaceAll(form, MASK), value)
  return {
    text,
    headers: (headers) =>
      headers.map((header) => {
        const value = text(header[1])
        // Most stay as they are, and many are held at the same time: no copy is made of those.
        return value === header[1] ? header : [header[0], value]
      }),
    bytes: (bytes, truncated) => maskBytes(bytes, needles, truncated),
  }
}

/** A secret as it is, and as URLs and JSON spell it. */
function formsOf(secret: string): string[] {
  const forms = [secret, encodeURIComponent(secret.toWellFormed()), JSON.stringify(secret).slice(1, -1)]
  return forms.filter((form) => form.length >= SHORTEST)
}

function maskBytes(
  bytes: Uint8Array<ArrayBuffer>,
  needles: readonly Uint8Array[],
  truncated: boolean,
): Uint8Array<ArrayBuffer> {
  const found = needles.flatMap((needle) => [
    ...placesOf(bytes, needle).map((at) => [at, at + needle.length] as const),
    ...(truncated ? cutPlace(bytes, needle) : []),
  ])
  if (found.length === 0) return bytes
  const masked = bytes.slice()
  for (const [start, end] of found) masked.fill(STAR, start, end)
  return masked
}

function placesOf(bytes: Uint8Array, needle: Uint8Array): number[] {
  if (bytes.length < needle.length) return []
  const places: number[] = []
  const searched = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = searched.indexOf(needle); at !== -1; at = searched.indexOf(needle, at + 1)) places.push(at)
  return places
}

/** Where the end of the bytes is the beginning of a secret. */
function cutPlace(bytes: Uint8Array, needle: Uint8Array): [number, number][] {
  const longest = Math.min(needle.length - 1, bytes.length)
  for (let length = longest; length >= SHORTEST; length--) {
    const at = bytes.length - length
    if (startsAt(bytes, at, needle.subarray(0, length))) return [[at, bytes.length]]
  }
  return []
}

function startsAt(bytes: Uint8Array, at: number, needle: Uint8Array): boolean {
  for (let index = 0; index < needle.length; index++) if (bytes[at + index] !== needle[index]) return false
  return true
}
