import type { Browser, BrowserContext, Frame, Page, Route } from 'playwright-core'
import type { Desk } from './desk.ts'
import { APP_ORIGIN, runPreload, serve, served, shown } from './run-preload.ts'

/** The screen: each window of the app is a page of one Chromium, with its preload in a world of its own. */
export interface Pages {
  create(id: number, options: object, desk: Desk): Promise<void>
  /** Resolves once it is loaded: true for the first load of a window. */
  load(id: number, url: string): Promise<boolean>
  reload(id: number): Promise<void>
  destroy(id: number): Promise<void>
  /** The page of the newest window, once it has loaded something. */
  page(): Promise<Page>
  /** What pages complained of: errors, warnings, and what their content policy refused. */
  complaints: readonly string[]
  /** Of the web, which must stay empty: what a page reached for. */
  reached: readonly string[]
}

interface Shown {
  page: Page
  desk: Desk
  isLoaded: boolean
  /** The app itself, and no link or script, turns the page there. */
  expected: string | null
  lastLoad: Promise<void>
}

export function createPages(browser: Browser): Pages {
  const windows = new Map<number, Promise<Shown>>()
  const complaints: string[] = []
  const reached: string[] = []
  const first = Promise.withResolvers<void>()
  // Not every test waits for it.
  first.promise.catch(() => {})

  async function open(options: object, desk: Desk, id: number): Promise<Shown> {
    const { width, height, webPreferences } = options as { width: number; height: number; webPreferences: Preferences }
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    const window: Shown = { page, desk, isLoaded: false, expected: null, lastLoad: Promise.resolve() }
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await context.route('**/*', (route) => answer(route, window, id))
    await denyPopups(context, page, desk, id)
    await runPreload(await context.newCDPSession(page), webPreferences.preload, desk)
    return window
  }

  async function answer(route: Route, window: Shown, id: number): Promise<void> {
    const request = route.request()
    const url = served(request.url())
    if (request.isNavigationRequest() && window.expected !== url) {
      const question = isTop(request.frame()) ? 'navigate' : 'navigateFrame'
      if (!(await window.desk.ask<boolean>(question, id, url))) return route.abort('aborted')
    }
    if (!url.startsWith(`${APP_ORIGIN}/`)) {
      reached.push(url)
      const { cancel } = await window.desk.ask<{ cancel: boolean }>('reach', url)
      return route.abort(cancel ? 'blockedbyclient' : 'failed')
    }
    await serve(route, window.desk)
  }

  /** Electron has a load end the one before it; a browser that is told of both at once may end either. */
  async function inTurn(window: Shown, url: () => string, load: () => Promise<unknown>): Promise<void> {
    const before = window.lastLoad
    const turn = before.then(async () => {
      window.expected = url().replace(/#.*$/, '')
      await load()
      window.expected = null
    })
    window.lastLoad = turn.catch(() => {})
    await turn
  }

  async function windowOf(id: number): Promise<Shown> {
    const window = await windows.get(id)
    if (window === undefined) throw new Error(`There is no window ${id}`)
    return window
  }

  return {
    complaints,
    reached,
    async create(id, options, desk) {
      const opening = open(options, desk, id)
      windows.set(id, opening)
      await opening
    },
    async load(id, url) {
      const window = await windowOf(id)
      const isFirst = !window.isLoaded
      window.isLoaded = true
      await inTurn(
        window,
        () => url,
        () => window.page.goto(shown(url)),
      ).catch((error: unknown) => {
        // Whoever waits for a window is told what kept it from loading.
        first.reject(error)
        throw error
      })
      first.resolve()
      return isFirst
    },
    async reload(id) {
      const window = await windowOf(id)
      await inTurn(
        window,
        () => served(window.page.url()),
        () => window.page.reload(),
      )
    },
    async destroy(id) {
      const { page } = await windowOf(id)
      windows.delete(id)
      await page.context().close()
    },
    async page() {
      await first.promise
      return (await [...windows.values()].at(-1)!).page
    },
  }
}

interface Preferences {
  preload: string
}
function isTop(frame: Frame): boolean {
  return frame.parentFrame() === null
}

/** A window that a page opens is asked about, and is gone before it has shown anything. */
async function denyPopups(context: BrowserContext, own: Page, desk: Desk, id: number): Promise<void> {
  context.on('page', (page) => {
    if (page === own) return
    void page
      .waitForURL((url) => url.href !== 'about:blank', { waitUntil: 'commit', timeout: 2_000 })
      .catch(() => {})
      .then(() => page.close())
  })
  // The address is told by the page that opens it: the new page may be gone before it is known there.
  await own.exposeFunction('standInOpened', (url: string) => desk.ask('open', id, url))
  await own.addInitScript(() => {
    const opened = (url: string): unknown =>
      (globalThis as unknown as { standInOpened(url: string): unknown }).standInOpened(url)
    window.open = (url) => {
      opened(new URL(String(url), location.href).href)
      return null
    }
    addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a[target=_blank]') : null
      if (link === null) return
      event.preventDefault()
      opened((link as HTMLAnchorElement).href)
    })
  })
}
