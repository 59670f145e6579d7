import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'
import { PAGE_HEADERS } from '#main/compose/page-headers.ts'

/** Where the window's page comes from. */
export const APP_ORIGIN = 'app://hookloop'
const SCHEME = 'app'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** Must run before Electron is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Answers `app://hookloop/…` with the built window, and nothing outside its folder. */
export function serveWindow(uiDirectory: string): void {
  protocol.handle(SCHEME, async ({ url }) => {
    const path = fileFor(url, uiDirectory)
    if (path === null) return new Response(null, { status: 404 })
    try {
      return new Response(new Uint8Array(await readFile(path)), { headers: headersFor(path) })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}

function fileFor(text: string, uiDirectory: string): string | null {
  const url = new URL(text)
  // A scheme of one's own has no `origin` in Node's URL.
  if (`${url.protocol}//${url.host}` !== APP_ORIGIN) return null
  try {
    const path = normalize(join(uiDirectory, url.pathname === '/' ? 'index.html' : decodeURIComponent(url.pathname)))
    return path.startsWith(uiDirectory + sep) ? path : null
  } catch {
    // A stray percent sign.
    return null
  }
}

function headersFor(path: string): Record<string, string> {
  return { ...PAGE_HEADERS, 'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream' }
}
