/** One part of a multipart body. */
export interface Part {
  /** As they came: names and values in order. */
  headers: readonly (readonly [string, string])[]
  name: string | null
  /** A label that the sender chose; never a path of this machine. */
  fileName: string | null
  contentType: string | null
  bytes: Uint8Array
}

export interface Parts {
  parts: readonly Part[]
  /** More parts were there than are shown. */
  isCut: boolean
  /** Why the body cannot be parted, or not to its end. */
  problem: string | null
}

/** How many parts are looked for. */
export const MOST_PARTS = 200
const DASH = 0x2d
const LF = 0x0a
const CR = 0x0d
/** What may follow a boundary on its line; a longer word is another one. */
const AFTER_BOUNDARY: ReadonlySet<number | undefined> = new Set([undefined, CR, LF, 0x20, 0x09])

export function isMultipart(contentType: string | null): boolean {
  return /^\s*multipart\//i.test(contentType ?? '')
}

/** Splits a multipart body at its boundary (RFC 2046), nested ones left as they are. Takes any bytes. */
export function multipartParts(bytes: Uint8Array, contentType: string | null): Parts {
  const boundary = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType ?? '')
  const name = boundary?.[1] ?? boundary?.[2]
  if (name === undefined) return { parts: [], isCut: false, problem: 'The content type names no boundary.' }
  const delimiter = Uint8Array.from(`--${name}`, (character) => character.charCodeAt(0) & 0xff)
  const parts: Part[] = []
  let line = findLine(bytes, delimiter, 0)
  while (line !== null && !line.isLast && parts.length < MOST_PARTS) {
    const next = findLine(bytes, delimiter, line.end)
    parts.push(readPart(bytes.subarray(line.end, next?.start ?? bytes.length)))
    line = next
  }
  if (line === null) return { parts, isCut: false, problem: 'The closing boundary is missing.' }
  return { parts, isCut: !line.isLast, problem: null }
}

interface BoundaryLine {
  /** Where what stands before it ends, its line break left out. */
  start: number
  end: number
  isLast: boolean
}

/** The next line that begins with the delimiter. */
function findLine(bytes: Uint8Array, delimiter: Uint8Array, from: number): BoundaryLine | null {
  for (let at = bytes.indexOf(DASH, from); at >= 0; at = bytes.indexOf(DASH, at + 1)) {
    const beginsLine = at === 0 || bytes[at - 1] === LF
    if (!beginsLine || !delimiter.every((byte, offset) => bytes[at + offset] === byte)) continue
    const after = at + delimiter.length
    const isLast = bytes[after] === DASH && bytes[after + 1] === DASH
    if (!isLast && !AFTER_BOUNDARY.has(bytes[after])) continue
    const lineEnd = bytes.indexOf(LF, after)
    const start = Math.max(from, at - (bytes[at - 2] === CR ? 2 : 1))
    return { start, end: lineEnd < 0 ? bytes.length : lineEnd + 1, isLast }
  }
  return null
}

/** Headers up to the first empty line, then the content. */
function readPart(bytes: Uint8Array): Part {
  const headers: [string, string][] = []
  let at = 0
  for (;;) {
    const lineEnd = bytes.indexOf(LF, at)
    const line = latin1(bytes.subarray(at, lineEnd < 0 ? bytes.length : lineEnd)).replace(/\r$/, '')
    at = lineEnd < 0 ? bytes.length : lineEnd + 1
    const colon = line.indexOf(':')
    if (colon > 0) headers.push([line.slice(0, colon), line.slice(colon + 1).trim()])
    if (line === '' || lineEnd < 0) break
  }
  const value = (name: string) => headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null
  const disposition = value('content-disposition') ?? ''
  return {
    headers,
    name: parameter(disposition, 'name'),
    fileName: parameter(disposition, 'filename'),
    contentType: value('content-type'),
    bytes: bytes.subarray(at),
  }
}

function parameter(header: string, name: string): string | null {
  const match = new RegExp(String.raw`;\s*${name}=(?:"([^"]*)"|([^\s;]*))`, 'i').exec(header)
  return match?.[1] ?? match?.[2] ?? null
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}
