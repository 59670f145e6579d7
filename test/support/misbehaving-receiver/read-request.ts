import type { HeaderList } from '#shared/model/header.ts'
import type { ByteReader } from './byte-reader.ts'

export interface Head {
  method: string
  target: string
  /** In wire order, duplicates and casing kept. */
  headers: HeaderList
}

export interface ReadBody {
  body: Buffer
  /** False where the sender left, or the reading was to stop, before the end. */
  whole: boolean
}

/** Null where the connection ends before a whole head has come. */
export async function readHead(bytes: ByteReader): Promise<Head | null> {
  const text = (await bytes.until('\r\n\r\n'))?.toString('latin1')
  if (text === undefined) return null
  const [requestLine = '', ...lines] = text.slice(0, -4).split('\r\n')
  const [method = '', target = ''] = requestLine.split(' ')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  return { method, target, headers }
}

/** The value of the first header of this name, or nothing. */
export function valueOf({ headers }: Pick<Head, 'headers'>, name: string): string | undefined {
  return headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1]
}

/** Reads the body as its head frames it, up to `limit` bytes. */
export async function readBody(bytes: ByteReader, head: Head, limit: number): Promise<ReadBody> {
  if (valueOf(head, 'transfer-encoding')?.toLowerCase() === 'chunked') return readChunked(bytes, limit)
  const length = Number(valueOf(head, 'content-length') ?? 0)
  return readLength(bytes, length, limit)
}

async function readLength(bytes: ByteReader, length: number, limit: number): Promise<ReadBody> {
  const parts: Buffer[] = []
  let got = 0
  while (got < Math.min(length, limit)) {
    const part = await bytes.some(length - got)
    if (!part) return { body: Buffer.concat(parts), whole: false }
    parts.push(part)
    got += part.length
  }
  return { body: Buffer.concat(parts), whole: got === length }
}

async function readChunked(bytes: ByteReader, limit: number): Promise<ReadBody> {
  const parts: Buffer[] = []
  let got = 0
  const ended = (whole: boolean): ReadBody => ({ body: Buffer.concat(parts), whole })
  while (got < limit) {
    const size = Number.parseInt((await bytes.until('\r\n'))?.toString('latin1') ?? '', 16)
    if (Number.isNaN(size)) return ended(false)
    const { body, whole } = await readLength(bytes, size, Number.POSITIVE_INFINITY)
    parts.push(body)
    got += size
    if (!whole || !(await bytes.until('\r\n'))) return ended(false)
    if (size === 0) return ended(true)
  }
  return ended(false)
}
