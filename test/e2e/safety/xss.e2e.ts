import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HOSTILE_STRINGS } from '#test/safety/hostile-strings.ts'
import type { Receiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from '../support/product.ts'
import { shownScreen } from '../support/window.ts'
import { fillWithHostileContent } from './hostile-content.ts'

/** How many rows of each list are opened: the newest hold the strings of every kind. */
const ROWS = 9

let product: Product
let receiver: Receiver

beforeAll(async () => {
  product = await startProduct()
  receiver = await fillWithHostileContent(product.relay)
})
afterAll(async () => {
  await product.close()
  await receiver.close()
})

/** Elements that only foreign markup could have made: our own has none of these. */
const FOREIGN = [
  'script:not([src])',
  'iframe, object, embed, base, marquee, xmp, math, foreignObject, animate, set, image',
  '[onload], [onerror], [onfocus], [onbegin], [ontoggle], [onstart], [onbeforetoggle], [onanimationstart]',
  '[href^="javascript:" i], [src^="javascript:" i], [action^="javascript:" i], [href^="data:" i], [srcdoc]',
].join(', ')

async function foreignElements(page: Page): Promise<string[]> {
  return page.locator(FOREIGN).evaluateAll((found) => found.map(({ outerHTML }) => outerHTML.slice(0, 200)))
}

/** Once nothing is being read any more. */
async function each(locator: Locator, most: number, visit: (one: Locator) => Promise<void>): Promise<void> {
  await locator.page().getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
  const count = Math.min(await locator.count(), most)
  for (let index = 0; index < count; index++) await visit(locator.nth(index))
}

it('SE16 SE17 SEC-4 shows every hostile string as text, on every screen, and runs none', async () => {
  expect(HOSTILE_STRINGS.length).toBeGreaterThanOrEqual(200)
  const { page, complaints } = await product.open()
  const run: string[] = []
  page.on('dialog', (dialog) => {
    run.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('framenavigated', (frame) => frame !== page.mainFrame() && run.push(frame.url()))
  await page.exposeFunction('pwned', () => run.push('pwned'))
  const strangers: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin !== new URL(product.relay.ready.window).origin) strangers.push(request.url())
  })

  const screens = page.getByRole('navigation', { name: 'Screens' }).getByRole('link')
  await page.getByRole('option').first().waitFor()
  const names = await screens.evaluateAll((links) => links.map((link) => link.querySelector('span')?.textContent ?? ''))
  expect(names.length).toBeGreaterThanOrEqual(6)
  const looked: string[] = []
  const look = async (where: string) => {
    looked.push(where)
    expect(await foreignElements(page), where).toEqual([])
    expect(run, where).toEqual([])
  }
  for (let screen = 0; screen < names.length; screen++) {
    await screens.nth(screen).click()
    await shownScreen(page, names[screen]!).filter({ hasText: /\S/ }).waitFor()
    await look(names[screen]!)
    // A list’s rows, not the choices of a select.
    await each(page.locator('main [role=option]'), ROWS, async (row) => {
      await row.click()
      await look(`${names[screen]}: a row`)
      await each(page.getByRole('main').getByRole('tab'), 9, async (tab) => {
        await tab.click()
        await look(`${names[screen]}: ${await tab.innerText()}`)
      })
    })
  }
  // What no entry of the rail leads to.
  const [left, right] = (await product.relay.call<{ items: { id: string }[] }>('GET', '/events?limit=2')).items
  for (const [where, seen] of [
    [`/compare?left=${left!.id}&right=${right!.id}`, page.getByRole('main').getByRole('tab').first()],
    ['/exchange', page.getByRole('main').getByText('.har').first()],
  ] as const) {
    await page.evaluate(`location.hash = ${JSON.stringify(where)}`)
    await seen.waitFor()
    await look(where)
    await each(page.getByRole('main').getByRole('tab'), 9, async (tab) => {
      await tab.click()
      await look(`${where}: ${await tab.innerText()}`)
    })
  }
  expect(new Set(looked).size).toBeGreaterThan(15)
  expect(strangers).toEqual([])
  // Whatever the content policy had to stop would stand here.
  expect(complaints.filter((text) => /content security policy|refused/i.test(text))).toEqual([])
})

it('SE16 would notice markup that got in', async () => {
  const { page } = await product.open()
  await page.getByRole('option').first().waitFor()
  await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x onerror=pwned()>')`)
  expect(await foreignElements(page)).toEqual(['<img src="x" onerror="pwned()">'])
})
