// What the browser itself tells of the frames that it showed.
import type { Browser, Page } from 'playwright-core'

const CATEGORY = 'disabled-by-default-devtools.timeline.frame'
/** The end of each is when a frame stood on the screen. */
const SHOWN = 'SwapEndToPresentationCompositorFrame'

interface TraceEvent {
  name: string
  /** `e` for an end. */
  ph: string
  /** Microseconds. */
  ts: number
}

/** How long each frame stood until the next, in ms, by the browser's trace, while something is done. */
export async function tracedFrames(browser: Browser, page: Page, act: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, { categories: ['-*', CATEGORY] })
  await act()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const ends = traceEvents.filter(({ name, ph }) => name === SHOWN && ph === 'e').map(({ ts }) => ts / 1_000)
  // One frame is told twice where the page and the compositor each had a part in it.
  const shown = ends.toSorted((a, b) => a - b).filter((at, index, all) => index === 0 || at - all[index - 1]! > 1)
  return shown.slice(1).map((at, index) => at - shown[index]!)
}

/** Scrolls down as a wheel does, at a steady speed. */
export async function scrollByWheel(
  page: Page,
  { x, y, px, pxPerSecond }: { x: number; y: number; px: number; pxPerSecond: number },
): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Input.synthesizeScrollGesture', {
    x,
    y,
    yDistance: -px,
    speed: pxPerSecond,
    gestureSourceType: 'mouse',
  })
  await session.detach()
}
