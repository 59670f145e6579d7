// What a page says of its own speed.
import type { Page } from 'playwright-core'

/** How long the rows of a keystroke are waited for. */
const LONGEST_MS = 10_000

const FIRST_ROWS = 'first rows stood there after '

/** Has each page that is loaded say when its first rows stood there, in ms from the start of the load. */
export async function watchFirstRows(page: Page): Promise<void> {
  await page.addInitScript((words) => {
    new MutationObserver((_, observer) => {
      if (document.querySelector('[role=option]') === null) return
      observer.disconnect()
      requestAnimationFrame(() => console.info(words + performance.now()))
    }).observe(document, { subtree: true, childList: true })
  }, FIRST_ROWS)
}

/** Loads a page that is watched for them anew. To ask it in the middle of its load would cost it 20 ms. */
export async function firstRowsMs(page: Page): Promise<number> {
  const said = page.waitForEvent('console', (message) => message.text().startsWith(FIRST_ROWS))
  await page.reload()
  return Number((await said).text().slice(FIRST_ROWS.length))
}

/** Presses a key in the filter that makes another one of it, and tells how many ms later the rows of that were drawn. */
export async function keystrokeToRows(page: Page, letter: string): Promise<number> {
  // It listens before the key is pressed.
  await page.evaluate((longestMs) => {
    const shown = () => document.querySelector('[role=listbox][aria-label=Events]')
    const before = shown()
    const drawn = new Promise<number>((resolve) => {
      addEventListener('keydown', ({ timeStamp }) => look(timeStamp), { once: true, capture: true })
      function look(since: number): void {
        const took = performance.now() - since
        // Rows of another filter are another list.
        if (shown() !== before || took > longestMs) resolve(took)
        else requestAnimationFrame(() => look(since))
      }
    })
    Object.assign(globalThis, { drawn })
  }, LONGEST_MS)
  await page.keyboard.press(letter)
  return page.evaluate(() => (globalThis as unknown as { drawn: Promise<number> }).drawn)
}

export interface Frames {
  /** How long each took. */
  ms: number[]
  /** In how many some place of the list had no row. */
  empty: number
  /** How far the list was scrolled. */
  rows: number
}

/** The frames that are drawn while something is done. */
export async function framesWhile(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const list = document.querySelector('[role=listbox][aria-label=Events]')!
    const { left, top, height } = list.getBoundingClientRect()
    const heights = [4, height / 2, height - 4]
    const frames = { ms: [] as number[], empty: 0, rows: 0, isOver: false }
    Object.assign(globalThis, { frames })
    let last = performance.now()
    const look = (now: number): void => {
      frames.ms.push(now - last)
      last = now
      const isWhole = heights.every((y) => document.elementFromPoint(left + 40, top + y)?.closest('[role=option]'))
      if (!isWhole) frames.empty++
      frames.rows = Math.max(frames.rows, Math.round(list.scrollTop / 32))
      if (!frames.isOver) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await act()
  return page.evaluate(() => {
    const { frames } = globalThis as unknown as { frames: Frames & { isOver: boolean } }
    frames.isOver = true
    return { ms: frames.ms.slice(1), empty: frames.empty, rows: frames.rows }
  })
}

/** How long each input waited for the page to look at it, in ms, while something is done. */
export async function delaysWhile(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const delays: number[] = []
    Object.assign(globalThis, { delays })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        if (/^key|^pointerdown|^click/.test(entry.name)) delays.push(entry.processingStart - entry.startTime)
      }
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  })
  await act()
  return page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        // The last entries are told a moment after their frame.
        setTimeout(() => resolve((globalThis as unknown as { delays: number[] }).delays), 500)
      }),
  )
}
