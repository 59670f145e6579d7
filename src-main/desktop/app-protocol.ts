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
  protocol.handle(SCHEME, async (request) => {
    const { origin, pathname } = splitAppUrl(request.url)
    const path = normalize(join(uiDirectory, pathname === '/' ? 'index.html' : pathname))
    if (origin !== APP_ORIGIN || !path.startsWith(uiDirectory + sep)) return new Response(null, { status: 404 })
    try {
      const body = new Uint8Array(await readFile(path))
      return new Response(body, { headers: headersFor(path) })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}

function splitAppUrl(text: string): { origin: string; pathname: string } {
  const url = new URL(text)
  // A scheme of one's own has no `origin` in Node's URL.
  return { origin: `${url.protocol}//${url.host}`, pathname: decodeURIComponent(url.pathname) }
}

function headersFor(path: string): Record<string, string> {
  return { ...PAGE_HEADERS, 'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream' }
}
