import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from './support/product.ts'
import { row } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
  const create = (source: unknown) => product.relay.call('POST', '/sources', source)
  await create({ name: 'Shop', slug: 'shop', provider: 'github', secrets: ['secret of the shop'] })
  await create({ name: 'Blog', slug: 'blog', provider: 'github', secrets: ['secret of the blog'] })
})
afterAll(() => product.close())

/** What a sender signs, and what arrives. */
async function send(event: string, { secret, signed, body }: { secret: string; signed: string; body: string }) {
  const signature = `sha256=${createHmac('sha256', secret).update(signed).digest('hex')}`
  const headers = { 'X-GitHub-Event': event, 'X-GitHub-Delivery': event, 'X-Hub-Signature-256': signature }
  await fetch(`${product.relay.ready.capture}/shop`, { method: 'POST', headers, body })
}

it('PRV-5 tells in the Verify tab what explains an invalid signature, with the fix and what differs', async () => {
  const { page, complaints } = await product.open()
  const secret = 'secret of the shop'
  await send('rewritten', { secret, signed: '{\n  "total": 1\n}', body: '{"total":1}' })
  await row(page, /rewritten.*invalid/).click()
  await page.getByRole('tab', { name: 'Verify' }).click()
  const diagnosis = page.getByRole('region', { name: 'Diagnosis' })
  await diagnosis.getByText('The JSON was parsed and written again').waitFor()
  await diagnosis.getByText('proven', { exact: true }).waitFor()
  await diagnosis.getByText('The bodies part at byte 1:').waitFor()
  await diagnosis.getByText('read the body before any parser does').waitFor()

  await send('mixed-up', { secret: 'secret of the blog', signed: '{}', body: '{}' })
  await row(page, /mixed-up.*invalid/).click()
  await diagnosis.getByText('It is signed with the secret of source “Blog”').waitFor()

  await send('guessed', { secret: 'a guess', signed: '{}', body: '{}' })
  await row(page, /guessed.*invalid/).click()
  await diagnosis.getByText('No known change makes the signature right').waitFor()
  expect(await page.content()).not.toContain('secret of the blog')
  expect(complaints).toEqual([])
})

it('PRV-5 looks again once the source has the right secret', async () => {
  const { page } = await product.open()
  await row(page, /mixed-up.*invalid/).click()
  await page.getByRole('tab', { name: 'Verify' }).click()
  await page.getByText('It is signed with the secret of source “Blog”').waitFor()
  await product.relay.call('PATCH', '/sources/shop', { secrets: ['secret of the blog'] })
  await page.getByText('Judged by the source as it is now, this request verifies.').waitFor()
})
