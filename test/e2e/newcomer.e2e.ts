import { afterAll, beforeAll, expect, it } from 'vitest'
import { doNewcomersJob } from './support/newcomer-job.ts'
import { type Product, startProduct } from './support/product.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(() => product.close())

it('does the newcomer’s whole job: endpoint, capture, signed delivery with a retry, time line, replay', async () => {
  const { page, complaints } = await product.open()
  await doNewcomersJob(page)
  expect(complaints).toEqual([])
})
