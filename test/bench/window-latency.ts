// How long after its answer a captured request stands in the open window.
import { chromium, type Page } from 'playwright-core'
import { chromiumLaunchOptions, findChromium } from '#test/support/chromium.ts'
import { percentile } from './report.ts'

export interface WindowLatency {
  p50Ms: number
  p95Ms: number
}

/** Writes into the page's own list when each path first stood on the screen, by the wall clock. */
async function watchRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Record<string, number> = {}
    Object.assign(globalThis, { seenRows: seen })
    const look = () => {
      for (const row of document.querySelectorAll('[role=option]')) {
        const path = /latency-\d+/.exec(row.textContent ?? '')?.[0]
        if (path !== undefined) seen[path] ??= performance.timeOrigin + performance.now()
      }
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}

/** Null on a machine without Chromium. */
export async function measureWindowLatency(
  windowUrl: string,
  captureUrl: string,
  samples: number,
): Promise<WindowLatency | null> {
  if (findChromium() === null) return null
  const browser = await chromium.launch(chromiumLaunchOptions())
  try {
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } })
    await page.goto(windowUrl)
    await page.getByRole('option').first().waitFor()
    await watchRows(page)
    const latencies: number[] = []
    for (let sample = 0; sample < samples; sample++) {
      const response = await fetch(`${captureUrl}/inbox/latency-${sample}`, { method: 'POST', body: '{"hello":1}' })
      const answeredAt = performance.timeOrigin + performance.now()
      await response.arrayBuffer()
      const seen = await page.waitForFunction(
        (path) => (globalThis as unknown as { seenRows: Record<string, number> }).seenRows[path],
        `latency-${sample}`,
      )
      latencies.push(Math.max(0, ((await seen.jsonValue()) ?? 0) - answeredAt))
    }
    return { p50Ms: percentile(latencies, 0.5), p95Ms: percentile(latencies, 0.95) }
  } finally {
    await browser.close()
  }
}
