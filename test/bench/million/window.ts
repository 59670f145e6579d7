// The window over a million events: its first page, a filter as it is typed, scrolling, and typing beside 10 MB of JSON.
import { chromium, type Browser, type Page } from 'playwright-core'
import { chromiumLaunchOptions } from '#test/support/chromium.ts'
import { startRelay, type RelayProcess } from '#test/support/relay-process.ts'
import { withCopyOf } from '../kept-data.ts'
import { percentile, report } from '../report.ts'
import { eventsData } from './fill.ts'
import { MANY as EVENTS } from './sizes.ts'
import { liveList } from './live-list.ts'
import { scrollByWheel, tracedFrames } from './trace-frames.ts'
import { delaysWhile, firstRowsMs, framesWhile, keystrokeToRows, watchFirstRows } from './watch-page.ts'

const LOADS = 7
/** What a page asks for after its first rows is answered by then. */
const SETTLED_MS = 700
const SCROLL_MS = 10_000
/** Some ten screens a second. */
const SCROLL_PX_PER_SECOND = 7_200
const LARGE_BYTES = 10 * 1024 * 1024
const ROW_BYTES = 66
/** A frame may stand for two beats of a screen of 60 Hz: 33.3 ms, and what a clock is off. */
const LIMITS = { firstMs: 300, keyMs: 150, frameMs: 34, frameShare: 0.95, delayMs: 100 }
/** What stands there, and what is typed behind it: with each letter another filter, which some rows fit. */
const TYPED = [
  ['', 'mangrove'],
  ['type:order.paid ', 'juniper'],
  ['source:shop ', 'cedar'],
  ['state:held ', 'hazel'],
] as const

await withCopyOf(eventsData(EVENTS), async (data) => {
  const relay = await startRelay(data)
  const browser = await chromium.launch(chromiumLaunchOptions())
  try {
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } })
    await watchFirstRows(page)
    await page.goto(relay.ready.window)
    await page.getByRole('option').first().waitFor()
    const firsts = await firstPages(page)
    const keys = await typed(page)
    const frames = await scrolled(browser, page)
    const delays = await typedBesideLarge(relay, page)
    const [first, key] = [percentile(firsts, 0.5), percentile(keys, 0.5)]
    const live = await liveList(page, relay, 'juniper')
    const delay = Math.max(...delays, 0)
    report(`The window over ${EVENTS.toLocaleString('en')} events`, [
      measure('First page, from the load of the window', first, LIMITS.firstMs),
      measure(`Keystroke to rows, median of ${keys.length}`, key, LIMITS.keyMs),
      told('Keystroke to rows, p95', `${percentile(keys, 0.95).toFixed(0)} ms`),
      smooth('Frames on the screen of 33 ms at most, while scrolling', frames.shown),
      smooth('The same by the page’s own count', frames.ms),
      { name: 'Frames without rows', result: String(frames.empty), limit: '0', kept: frames.empty === 0 },
      told('Rows scrolled past', String(frames.rows)),
      measure(`Input delay beside 10 MB of JSON, longest of ${delays.length}`, delay, LIMITS.delayMs),
      told('Filtered list of 8 pages, 50 events/s: requests', `${live.requests.toFixed(1)}/s`),
      told('· what they answer', `${live.kib.toFixed(0)} KiB/s`),
      told('· how long one takes, p95', `${percentile(live.ms, 0.95).toFixed(0)} ms`),
      told('· rows that came', String(live.rows)),
    ])
  } finally {
    await browser.close()
    await relay.stop()
  }
})

function measure(name: string, ms: number, limitMs: number) {
  return { name, result: `${ms.toFixed(0)} ms`, limit: `${limitMs} ms`, kept: ms <= limitMs }
}

function told(name: string, result: string) {
  return { name, result, limit: '', kept: true }
}

function smooth(name: string, ms: readonly number[]) {
  const share = ms.filter((each) => each <= LIMITS.frameMs).length / ms.length
  return {
    name,
    result: `${(share * 100).toFixed(1)} % of ${ms.length}`,
    limit: `${LIMITS.frameShare * 100} %`,
    kept: share >= LIMITS.frameShare,
  }
}

/** From the start of a load to the first rows, several times. */
async function firstPages(page: Page): Promise<number[]> {
  const took: number[] = []
  for (let load = 0; load < LOADS; load++) {
    await page.waitForTimeout(SETTLED_MS)
    took.push(await firstRowsMs(page))
  }
  return took
}

async function typed(page: Page): Promise<number[]> {
  const input = page.getByRole('combobox', { name: 'Filter events' })
  const took: number[] = []
  for (const [before, letters] of TYPED) {
    await input.fill(before)
    await page.waitForTimeout(1_000)
    await input.focus()
    await page.keyboard.press('End')
    for (const letter of letters) took.push(await keystrokeToRows(page, letter))
  }
  await input.fill('')
  await page.waitForTimeout(1_000)
  return took
}

async function scrolled(browser: Browser, page: Page) {
  await page.reload()
  await page.getByRole('option').first().waitFor()
  const list = await page.getByRole('listbox', { name: 'Events' }).boundingBox()
  const scroll = { x: list!.x + 200, y: list!.y + 300, pxPerSecond: SCROLL_PX_PER_SECOND }
  let shown: number[] = []
  const frames = await framesWhile(page, async () => {
    shown = await tracedFrames(browser, page, () =>
      scrollByWheel(page, { ...scroll, px: (SCROLL_PX_PER_SECOND * SCROLL_MS) / 1_000 }),
    )
  })
  return { ...frames, shown }
}

/** Opens a payload of 10 MB and types into its search while it is laid out, and after. */
async function typedBesideLarge(relay: RelayProcess, page: Page): Promise<number[]> {
  const name = 'large'
  await sendLarge(relay, name)
  await page.getByRole('listbox', { name: 'Events' }).focus()
  await page.keyboard.press('Home')
  const row = page.getByRole('option', { name: `POST /${name}` })
  await row.waitFor()
  return delaysWhile(page, async () => {
    await row.click()
    await page.getByRole('combobox', { name: 'Filter events' }).focus()
    await page.keyboard.type('juniper hazel', { delay: 60 })
    await page.getByLabel('Find in Payload').fill('row 4')
    await page.keyboard.type('2 of many', { delay: 60 })
  })
}

async function sendLarge({ ready, call }: RelayProcess, name: string): Promise<void> {
  const { items } = await call<{ items: { id: string; slug: string }[] }>('GET', '/sources')
  const inbox = items.find(({ slug }) => slug === 'inbox')!
  await call('PATCH', `/sources/${inbox.id}`, { bodyLimitBytes: 2 * LARGE_BYTES })
  const row = (index: number) => ({ index, text: `row ${index} of many`, nested: { flag: index % 2 === 0 } })
  const rows = Array.from({ length: Math.ceil(LARGE_BYTES / ROW_BYTES) }, (_, index) => row(index))
  const headers = { 'content-type': 'application/json' }
  await fetch(`${ready.capture}/inbox/${name}`, { method: 'POST', headers, body: JSON.stringify({ rows }) })
}
