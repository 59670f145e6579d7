import { app } from 'electron'
import { LINK_SCHEME, linkIn } from './command-line.ts'

/** Where links that were clicked elsewhere end: they wait until there is a window that can ask about them. */
export interface DeepLinks {
  /** `open` gets the route that shows the link and asks what to do; nothing is done before. */
  deliver(open: (place: string) => void): void
}

/** To be called before Electron is ready: macOS hands over the first link even earlier. */
export function receiveDeepLinks(argv: readonly string[]): DeepLinks {
  const waiting: string[] = []
  let open: ((place: string) => void) | null = null

  const take = (link: string | null): void => {
    if (link === null) return
    if (open === null) waiting.push(link)
    else open(placeOf(link))
  }
  take(linkIn(argv))
  app.on('open-url', (event, url) => {
    event.preventDefault()
    take(linkIn(['', url]))
  })
  app.on('second-instance', (_event, words) => take(linkIn(words)))
  // Unpackaged, it would be Electron's own binary that the system then starts for every link.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)

  return {
    deliver(to) {
      open = to
      for (const link of waiting.splice(0)) to(placeOf(link))
    },
  }
}

function placeOf(link: string): string {
  return `/link?to=${encodeURIComponent(link)}`
}
