import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, CDPSession, Frame, Page, Route } from 'playwright-core'
import type { Desk } from './desk.ts'
import { pack, unpack } from '#test/support/packed-message.ts'
import { BINDING, preloadProgram, type Told, WORLD } from './preload-world.ts'

/** Chromium knows no scheme of ours: what the app serves under `app://` is shown from a name that nobody can own. */
const SHOWN_ORIGIN = 'https://hookloop.test'
const APP_ORIGIN = 'app://hookloop'

const shown = (url: string): string => url.replace(APP_ORIGIN, SHOWN_ORIGIN)
const served = (url: string): string => url.replace(SHOWN_ORIGIN, APP_ORIGIN)

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
}

export function createPages(browser: Browser): Pages {
  const windows = new Map<number, Promise<Shown>>()
  const complaints: string[] = []
  const reached: string[] = []
  const first = Promise.withResolvers<void>()

  async function open(options: object, desk: Desk, id: number): Promise<Shown> {
    const { width, height, webPreferences } = options as { width: number; height: number; webPreferences: Preferences }
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    const window: Shown = { page, desk, isLoaded: false, expected: null }
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
    const { status, headers, body } = await window.desk.ask<Served>('serve', url)
    await route.fulfill({ status, headers, body: Buffer.from(body) })
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
      window.expected = url.replace(/#.*$/, '')
      await window.page.goto(shown(url))
      window.expected = null
      first.resolve()
      return isFirst
    },
    async reload(id) {
      const window = await windowOf(id)
      window.expected = served(window.page.url()).replace(/#.*$/, '')
      await window.page.reload()
      window.expected = null
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
interface Served {
  status: number
  headers: Record<string, string>
  body: Uint8Array
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

async function runPreload(devtools: CDPSession, file: string, desk: Desk): Promise<void> {
  const contexts = new Set<number>()
  devtools.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === WORLD) contexts.add(context.id)
  })
  devtools.on('Runtime.executionContextDestroyed', ({ executionContextId }) => contexts.delete(executionContextId))
  devtools.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name === BINDING) hear(JSON.parse(payload) as Told, executionContextId)
  })

  function hear(told: Told, contextId: number): void {
    if (told.kind === 'message') return void desk.ports.send(told.port, unpack(told.data)).catch(() => {})
    for (const id of told.ports) {
      desk.ports.join(id, {
        take: (data) => void evaluate(`fromMain(${JSON.stringify(id)}, ${JSON.stringify(pack(data))})`, contextId),
        close: () => {},
      })
    }
    void desk.ports.post({ ...told, frame: { url: served(told.url), isTop: true } }).catch(() => {})
  }

  async function evaluate(expression: string, contextId: number): Promise<void> {
    // A page that went on has no use for it.
    if (contexts.has(contextId)) await devtools.send('Runtime.evaluate', { expression, contextId }).catch(() => {})
  }

  await devtools.send('Page.enable')
  await devtools.send('Runtime.enable')
  await devtools.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD })
  await devtools.send('Page.addScriptToEvaluateOnNewDocument', {
    source: preloadProgram(readFileSync(file, 'utf8')),
    worldName: WORLD,
  })
}
