import { app, session, type Session, type WebContents } from 'electron'
import { APP_ORIGIN } from './app-protocol.ts'
import { openOutside } from './open-outside.ts'

/** The one thing that a page may ask for: its Copy buttons. */
const GRANTED = 'clipboard-sanitized-write'
/** Where a page could reach beyond this machine or into its files. */
const ELSEWHERE = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file:///*']

/** Holds for every page that is ever opened, its own or not. To be called before the first one is. */
export function restrictPages(): void {
  app.on('web-contents-created', (_event, contents) => keepInside(contents))
  restrictSession(session.defaultSession)
}

/** No camera, location, device or screen; no request but to the page's own scheme; no file but one that the page made. */
function restrictSession(pages: Session): void {
  pages.setPermissionRequestHandler((contents, permission, answer) =>
    answer(permission === GRANTED && isOwnPage(contents.getURL())),
  )
  pages.setPermissionCheckHandler((_contents, permission, origin) => permission === GRANTED && isOwnPage(`${origin}/`))
  pages.setDevicePermissionHandler(() => false)
  pages.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  pages.webRequest.onBeforeRequest({ urls: ELSEWHERE }, (_details, answer) => answer({ cancel: true }))
  pages.on('will-download', (event, item) => {
    if (!isOwnPage(item.getURL().replace(/^blob:/, ''))) event.preventDefault()
  })
}

/** The page stays where it is and opens nothing; web links go to the user's browser, once the user says so. */
function keepInside(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    void openOutside(url)
    return { action: 'deny' }
  })
  const stay = (event: { url: string; preventDefault(): void }): void => {
    if (!isOwnPage(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

export function isOwnPage(url: string): boolean {
  return url.startsWith(`${APP_ORIGIN}/`)
}
