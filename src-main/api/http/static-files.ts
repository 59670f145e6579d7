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

interface StaticFile {
  bytes: Buffer
  type: string
  etag: string
  cacheControl: string
}

/** The built window, by URL path. */
export type StaticFiles = ReadonlyMap<string, StaticFile>

/**
 * Reads the build once: what is not listed now is never served, whatever a path says. Links, source maps and types
 * that a window does not need are left out. Empty where there is no build.
 */
export async function loadStaticFiles(directory: string | null): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>()
  if (directory === null) return files
  for (const entry of await listing(directory)) {
    const path = join(entry.parentPath, entry.name)
    const type = TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const urlPath = `/${relative(directory, path).split(sep).join('/')}`
    files.set(urlPath, toStaticFile(urlPath, type, await readFile(path)))
  }
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
