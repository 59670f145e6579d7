import { afterEach } from 'vitest'
import { watchedPages } from './open-product.ts'

const MOST_CHARACTERS = 6_000

/** Where a test fails, what its pages show is told: a fault that comes once in a hundred runs must explain itself then. */
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const [page, { complaints, waiting }] of watchedPages) {
    const shown = await page.locator('body').ariaSnapshot({ timeout: 5_000 }).catch(String)
    const lines = [
      `A page when “${task.name}” failed: ${page.url().replace(/token=[^&]*/, 'token=…')}`,
      ...complaints.map((text) => `complained: ${text}`),
      ...[...waiting].map((request) => `waits for: ${request.method()} ${new URL(request.url()).pathname}`),
      shown.slice(0, MOST_CHARACTERS),
    ]
    process.stderr.write(`${lines.join('\n')}\n`)
  }
})
