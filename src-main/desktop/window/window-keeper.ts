import type { BrowserWindow } from 'electron'
import { APP_ORIGIN } from '../page/app-protocol.ts'
import type { DeskMemory } from '../system/desk-memory.ts'
import { createWindow } from './window.ts'

export const WINDOW_PAGE = `${APP_ORIGIN}/`
export const START_PAGE = `${APP_ORIGIN}/start.html`

/** A window that falls over again and again is not brought back by loading it once more. */
const MOST_RELOADS = 3
const RELOADS_WITHIN_MS = 60_000

interface WindowKeeperDeps {
  memory: DeskMemory
  /** Whether closing the window only hides it. */
  staysWhenClosed(): boolean
  onHidden(): void
  /** Somebody looks at it. */
  onSeen(): void
  /** Its renderer ended several times in a row. */
  onBroken(reason: string): void
}

/** The one window, opened when it is asked for. */
export interface WindowKeeper {
  /** Loads another of our pages, now or when the window is opened. */
  turnTo(page: string): void
  /** Opens the window or brings it to the front; `place` is a route of the window's page. */
  show(place?: string): void
  isLookedAt(): boolean
}

export function keepWindow(deps: WindowKeeperDeps): WindowKeeper {
  let window: BrowserWindow | null = null
  let page = START_PAGE
  let isWanted = false
  let reloads: number[] = []

  function opened(url: string): BrowserWindow {
    if (window !== null && !window.isDestroyed()) return window
    const made = createWindow(deps.memory, () => isWanted)
    made.on('close', (event) => {
      if (!deps.staysWhenClosed()) return
      event.preventDefault()
      isWanted = false
      made.hide()
      deps.onHidden()
    })
    made.on('focus', deps.onSeen)
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') recover(made, reason)
    })
    void made.loadURL(url)
    window = made
    return made
  }

  function recover(fallen: BrowserWindow, reason: string): void {
    const now = performance.now()
    reloads = [...reloads.filter((at) => now - at < RELOADS_WITHIN_MS), now]
    if (reloads.length > MOST_RELOADS) deps.onBroken(reason)
    else fallen.webContents.reload()
  }

  return {
    turnTo(next) {
      page = next
      if (window !== null && !window.isDestroyed()) void window.loadURL(page)
    },
    show(place) {
      isWanted = true
      const url = place !== undefined && page === WINDOW_PAGE ? `${WINDOW_PAGE}#${place}` : page
      const isThere = window !== null && !window.isDestroyed()
      const shown = opened(url)
      if (!isThere) return
      // A route is a fragment: the page stays and its router follows.
      if (url !== page) void shown.loadURL(url)
      if (shown.isMinimized()) shown.restore()
      shown.show()
      shown.focus()
    },
    isLookedAt: () => window !== null && !window.isDestroyed() && window.isVisible() && window.isFocused(),
  }
}
