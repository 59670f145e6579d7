import { afterAll, beforeAll, expect, it } from 'vitest'
import { isOverPort, type Product, startProduct } from './support/product.ts'
import { notice, row } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(() => product.close())

/** What a call with this text is answered with. */
async function statusWith(secret: string, path: string): Promise<number> {
  const response = await fetch(`${product.relay.ready.api}${path}`, { headers: { authorization: `Bearer ${secret}` } })
  await response.arrayBuffer()
  return response.status
}

it.skipIf(isOverPort)(
  'CRL-1 makes a key, shows it once, rotates and revokes it, and signs its window out',
  async () => {
    const { page, complaints } = await product.open()
    await page.getByText('Nothing captured yet').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('k')
    await page.getByText('No key yet').waitFor()
    await page.keyboard.press('n')
    await page.getByLabel('Name', { exact: true }).fill('Nightly')
    await page.getByLabel('Owner').fill('Ada')
    await page.getByLabel('Ends').selectOption('in 30 days')
    await page.getByRole('button', { name: 'Read only' }).click()
    await page.getByRole('checkbox', { name: /alerts:read/ }).uncheck()
    await page.getByLabel('Quota').fill('0')
    await page.getByRole('button', { name: 'Make key' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Quota').fill('600')
    await page.getByRole('button', { name: 'Make key' }).click()

    const once = page.getByRole('dialog', { name: 'Key Nightly' })
    const first = await once.getByRole('code').innerText()
    await page.keyboard.press('Escape')
    await once.getByRole('button', { name: 'Copy the key' }).click()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(first)
    await once.getByRole('button', { name: 'I have stored it' }).click()
    await row(page, /active.*Nightly.*Ada/).waitFor()
    expect(await page.content()).not.toContain(first.slice(15))
    expect([await statusWith(first, '/events'), await statusWith(first, '/keys')]).toEqual([200, 403])

    const guest = await product.open({ place: `token=${encodeURIComponent(first)}` })
    await guest.page.getByText('key Nightly').waitFor()
    await guest.page.getByRole('button', { name: 'Live', exact: true }).waitFor()
    await guest.page.keyboard.press('g')
    await guest.page.keyboard.press('k')
    await guest.page.getByText('This key may not see that').waitFor()
    expect(guest.page.url()).not.toContain('hlk_')

    await page.getByRole('button', { name: 'Rotate…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate', exact: true }).click()
    const second = await once.getByRole('code').innerText()
    await once.getByRole('button', { name: 'I have stored it' }).click()
    expect([await statusWith(first, '/events'), await statusWith(second, '/events')]).toEqual([401, 200])
    await guest.page.getByText('This address is no longer good').waitFor()
    await guest.page.getByLabel('Or enter a token or a key').fill(second)
    await guest.page.getByRole('button', { name: 'Sign in' }).click()
    await guest.page.getByText('key Nightly').waitFor()

    await page.getByLabel('Name', { exact: true }).fill('Nightly build')
    await page.getByRole('button', { name: 'Save' }).click()
    await row(page, /active.*Nightly build/).waitFor()
    await page.getByRole('button', { name: 'Revoke…' }).click()
    await page
      .getByRole('dialog', { name: 'Revoke Nightly build?' })
      .getByText(/last used/)
      .waitFor()
    await page.getByRole('button', { name: 'Revoke key' }).click()
    await notice(page, /Revoked Nightly build/).waitFor()
    await row(page, /revoked.*Nightly build/).waitFor()
    await guest.page.getByText('This address is no longer good').waitFor()
    expect(await statusWith(second, '/events')).toBe(401)
    expect(complaints.filter((text) => !text.includes('400'))).toEqual([])
    // The browser itself notes answers that were refused, and the feed that was closed.
    expect(guest.complaints.filter((text) => !/40[13]|INCOMPLETE/.test(text))).toEqual([])
  },
)
