import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { PAGE_HEADERS, setHeaders } from './security-headers.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** Each takes a file handle, of which there may be few. */
const READ_AT_ONCE = 4

interface StaticFile {
  bytes: Buffer
  type: string
  etag: string
  cacheControl: string
}

interface ListedFile {
  path: string
  urlPath: string
  type: string
}

/** The built window, by URL path. */
export type StaticFiles = ReadonlyMap<string, StaticFile>

/**
 * Lists the build once: what is not there now is never served, whatever a path says. Links, source maps and types that a
 * window does not need are left out. Nothing where there is no build.
 */
export async function listStaticFiles(directory: string | null): Promise<readonly ListedFile[]> {
  if (directory === null) return []
  return (await listing(directory)).flatMap((entry) => {
    const type = TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) return []
    const path = join(entry.parentPath, entry.name)
    return [{ path, urlPath: `/${relative(directory, path).split(sep).join('/')}`, type }]
  })
}

/** Reads what was listed, so that a build that takes its place later does not mix with it. */
export async function readStaticFiles(listed: readonly ListedFile[]): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>()
  const waiting = [...listed]
  const lane = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop())
      files.set(next.urlPath, toStaticFile(next.urlPath, next.type, await readFile(next.path)))
  }
  await Promise.all(Array.from({ length: READ_AT_ONCE }, lane))
  const index = files.get('/index.html')
  if (index) files.set('/', index)
  return files
}

async function listing(directory: string) {
  try {
    return await readdir(directory, { recursive: true, withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function toStaticFile(urlPath: string, type: string, bytes: Buffer): StaticFile {
  return {
    bytes,
    type,
    etag: `"${createHash('sha256').update(bytes).digest('base64url')}"`,
    // The build puts a hash of the content into the name of each file under assets/.
    cacheControl: urlPath.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
}

/** Answers with the file of exactly this path; false where there is none. */
export function serveStatic(files: StaticFiles, request: IncomingMessage, response: ServerResponse): boolean {
  const file = files.get((request.url ?? '').split('?')[0] ?? '')
  if (!file) return false
  setHeaders(response, { ...PAGE_HEADERS, 'cache-control': file.cacheControl, etag: file.etag })
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304).end()
    return true
  }
  response.writeHead(200, { 'content-type': file.type, 'content-length': file.bytes.length })
  response.end(file.bytes)
  return true
}
