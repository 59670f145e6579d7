import type { Page, Request } from 'playwright-core'
import type { RelayProcess } from '#test/support/relay-process.ts'

export interface Opened {
  page: Page
  /** Whatever the page complained of: errors, warnings, and what its content policy refused. */
  complaints: readonly string[]
}

export interface OpenOptions {
  theme?: 'light' | 'dark'
  /** What follows `#`; the printed address with its token where it is left out. */
  place?: string
  reducedMotion?: 'reduce' | 'no-preference'
}

/** The built relay with an empty data directory, and a browser that opens its window. */
export interface Product {
  relay: RelayProcess
  open(options?: OpenOptions): Promise<Opened>
  close(): Promise<void>
}

export function contextOptionsOf({ theme = 'dark', reducedMotion = 'reduce' }: OpenOptions) {
  return {
    viewport: { width: 1_280, height: 800 },
    colorScheme: theme,
    reducedMotion,
    permissions: ['clipboard-read', 'clipboard-write'],
  }
}

/** The pages that were opened, each with what it complained of and the requests that still wait for their answer. */
export const watchedPages = new Map<Page, { complaints: readonly string[]; waiting: ReadonlySet<Request> }>()

/** What the page complains of, from now on. */
export function watchPage(page: Page): readonly string[] {
  const complaints: string[] = []
  const waiting = new Set<Request>()
  watchedPages.set(page, { complaints, waiting })
  page.on('close', () => watchedPages.delete(page))
  page.on('request', (request) => waiting.add(request))
  page.on('requestfinished', (request) => waiting.delete(request))
  page.on('requestfailed', (request) => waiting.delete(request))
  page.setDefaultTimeout(30_000)
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}
