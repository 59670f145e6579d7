// What it costs to keep a filtered list true while events come in.
import type { Page, Request } from 'playwright-core'
import type { RelayProcess } from '#test/support/relay-process.ts'

const PER_SECOND = 50
const LASTS_MS = 6_000
const PAGES = 8

export interface LiveCost {
  /** Requests for rows, and what they answered, a second. */
  requests: number
  kib: number
  /** How long each took, in ms. */
  ms: number[]
  /** Rows that came to the list meanwhile, of those that were sent. */
  rows: number
}

/** Reads some pages of what `filter` takes, sends events that it takes, and counts what the window asks for meanwhile. */
export async function liveList(page: Page, relay: RelayProcess, filter: string): Promise<LiveCost> {
  await page.getByRole('combobox', { name: 'Filter events' }).fill(filter)
  const list = page.getByRole('listbox', { name: 'Events' })
  await list.waitFor()
  await page.waitForTimeout(500)
  for (let read = 1; read < PAGES; read++) {
    const answered = page.waitForResponse(isForRows)
    await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
    await answered
  }
  await list.evaluate((element) => element.scrollTo({ top: 0 }))
  await page.waitForTimeout(500)
  const count = (): Promise<number> =>
    page.evaluate(() => Number(document.querySelector('[role=option]')?.getAttribute('aria-setsize')))
  const before = await count()
  const asked: Request[] = []
  const note = (request: Request): void => void (isForRows(request) && asked.push(request))
  page.on('requestfinished', note)
  await sendSteadily(relay, filter)
  page.off('requestfinished', note)
  const sizes = await Promise.all(asked.map(async (request) => (await request.sizes()).responseBodySize))
  const seconds = LASTS_MS / 1_000
  return {
    requests: asked.length / seconds,
    kib: sizes.reduce((sum, size) => sum + size, 0) / 1_024 / seconds,
    ms: asked.map((request) => request.timing().responseEnd),
    rows: (await count()) - before,
  }
}

function isForRows(asked: { url(): string }): boolean {
  return asked.url().endsWith('/events/list')
}

async function sendSteadily({ ready }: RelayProcess, text: string): Promise<void> {
  const startedAt = performance.now()
  for (let sent = 0; sent < (LASTS_MS / 1_000) * PER_SECOND; sent++) {
    const dueIn = startedAt + sent * (1_000 / PER_SECOND) - performance.now()
    if (dueIn > 0) await new Promise((resolve) => setTimeout(resolve, dueIn))
    await fetch(`${ready.capture}/inbox`, { method: 'POST', body: JSON.stringify({ sent, text }) })
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000))
}
