// Crawlens’ workflows as its document tells them: CI starts a run with a key of its own, a target fails and is tried
// again, the run is followed and traced, its end is told, and what failed is run once more.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RunDetail } from '#shared/contract/workflows/workflows.ts'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from '../support/product.ts'
import { eventually, notice, openScreen, row } from '../support/window.ts'

let product: Product
let shop: Receiver
let isBroken = true
/** What holds the shop’s second answer back, so that a run can be seen while it goes on. */
const held = Promise.withResolvers<void>()

beforeAll(async () => {
  product = await startProduct()
  shop = await startReceiver({
    script: ({ target }) => {
      if (target.startsWith('/slow')) return { status: 200, after: held.promise }
      return { status: target.startsWith('/broken') && isBroken ? 503 : 200 }
    },
  })
})
afterAll(async () => {
  held.resolve()
  await product.close()
  await shop.close()
})

/** A call as a CI job makes it: with its key and nothing else. */
async function ci(key: string, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${product.relay.ready.api}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as RunDetail & { error?: { code: string } } }
}

const keyOf = async (name: string, scopes: string[]) =>
  (await product.relay.call<{ secret: string }>('POST', '/keys', { name, scopes })).secret

it('CRL-2 CRL-4 defines a workflow in the window, which says how the first run is started', async () => {
  const { page, complaints } = await product.open()
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  await page.getByText('curl -X PUT').waitFor()
  await page.getByRole('button', { name: 'Create a workflow' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Checkout smoke')
  await page.getByText('checkout-smoke', { exact: true }).waitFor()
  await page.getByLabel('Address of target 1').fill(`${shop.url}/fine/{variable.build}`)
  await page.getByLabel('Tags of target 1').fill('eu')
  for (const [index, path] of ['slow', 'broken'].entries()) {
    await page.getByRole('button', { name: 'Add a target' }).click()
    await page.getByLabel(`Address of target ${index + 2}`).fill(`${shop.url}/${path}`)
  }
  await page.getByLabel('Sender of event 1').selectOption('crawlens')
  await page.getByLabel('Type of event 1').fill('batch_run.state')
  await page.getByLabel('Policy for addresses').selectOption('apifycloud')
  await page.getByRole('button', { name: 'Create workflow' }).click()
  await page.getByText('The variable “build” is not among the workflow’s.').waitFor()
  await page.getByLabel('Variables').fill('build=0')
  await page.getByLabel('Start by schedule').click()
  await page.getByLabel('Starts at').fill('30 6 * * 1-5')
  await page.getByRole('button', { name: 'Create workflow' }).click()
  await notice(page, 'checkout-smoke can run.').waitFor()
  await page.getByText('It never ran.').waitFor()
  await page.getByRole('tab', { name: 'CI' }).click()
  await page.getByLabel('Job for GitHub Actions').getByText('jq -r .batch_run_id').waitFor()
  expect(complaints.filter((text) => !text.includes('400'))).toEqual([])
})

it('CRL-1 CRL-2 is started by CI, followed live in the window, traced, and told at its end', async () => {
  const { relay } = product
  // Its retries in seconds.
  await relay.call('PATCH', '/projects/default', { timeScale: 3_600 })
  const told = await startReceiver()
  const { id: callbackEndpointId } = await relay.call<{ id: string }>('POST', '/endpoints', {
    name: 'Release bot',
    url: told.url,
    eventTypes: [],
  })
  const key = await keyOf('ci', ['workflows:run', 'workflows:read'])
  const reader = await keyOf('reader', ['workflows:read'])
  const runs = '/workflows/checkout-smoke/runs'
  expect(await ci(reader, 'POST', runs, {})).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } })

  const { page, complaints } = await product.open()
  await openScreen(page, 'Workflows')
  await row(page, /checkout-smoke/).click()
  const started = await ci(key, 'POST', runs, { variables: { build: '42' }, callbackEndpointId })
  expect(started).toMatchObject({ status: 202, body: { status: 'running', trigger: 'ci', total_urls: 3 } })
  await page.getByRole('table', { name: 'Runs' }).getByRole('button', { name: 'running' }).click()
  await page.getByText('1 of 3 targets succeeded, 1 did not · 66.7 %').waitFor()
  const trace = page.getByRole('table', { name: 'Trace' })
  await trace.getByRole('row', { name: /sending.*\/slow/ }).waitFor()
  await row(page, /checkout-smoke.*running.*67 %/).waitFor()
  held.resolve()
  await page.getByText('2 of 3 targets succeeded, 1 did not · 100 %').waitFor()
  await page.getByText('failed in part').first().waitFor()
  await trace.getByRole('row', { name: /failed.*\/broken.*503 after 3 tries.*batch_run/ }).waitFor()
  await trace.getByRole('row', { name: /succeeded.*\/fine\/42.*200/ }).waitFor()

  const ended = await ci(key, 'GET', `${runs}/${started.body.batch_run_id}`)
  const state = {
    batch_run_id: started.body.batch_run_id,
    status: 'partial_failure',
    completed_urls: 2,
    failed_urls: 1,
    total_urls: 3,
    progress_percentage: 100,
  }
  expect(ended.body).toMatchObject(state)
  const [finished] = await told.waitFor(1)
  await told.close()
  expect(JSON.parse(finished!.body.toString())).toMatchObject({ type: 'workflow.finished', trigger: 'ci', ...state })

  await trace.getByRole('link', { name: 'failed' }).click()
  await page.getByText('failed after 3 attempts').waitFor()
  await page.getByText('To an address').waitFor()
  expect(complaints).toEqual([])
})

it('CRL-2 runs what failed once more, and shows its history', async () => {
  isBroken = false
  const { page, complaints } = await product.open()
  await openScreen(page, 'Workflows')
  await row(page, /checkout-smoke.*failed in part/).click()
  await page.getByRole('button', { name: 'failed in part' }).click()
  await page.getByRole('button', { name: 'Run 1 failed target again' }).click()
  await page.getByText('1 of 1 target succeeded · 100 %').waitFor()
  await page.getByText('tries again what failed in').waitFor()
  await page.getByRole('link', { name: 'All runs' }).click()
  const history = page.getByRole('table', { name: 'Runs' }).getByRole('row')
  await history.filter({ hasText: 'by hand' }).waitFor()
  expect(await history.count()).toBe(3)

  await page.getByRole('button', { name: 'Run…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('eu').check()
  await dialog.getByLabel('build').fill('43')
  await dialog.getByRole('button', { name: 'Send to 1 target' }).click()
  await page.getByText('1 of 1 target succeeded · 100 %').waitFor()
  expect(shop.requests.at(-1)!.target).toBe('/fine/43')
  expect(complaints).toEqual([])
})

it('CRL-2 is edited as JSON, canceled on its way, and deleted with its runs', async () => {
  isBroken = true
  await product.relay.call('PATCH', '/projects/default', { timeScale: 1 })
  const { page, complaints } = await product.open()
  await openScreen(page, 'Workflows')
  await row(page, /checkout-smoke/).click()
  await page.getByRole('tab', { name: 'Definition' }).click()
  await page.getByRole('button', { name: 'Edit as JSON' }).click()
  const json = page.getByRole('textbox', { name: 'Definition' })
  const definition = JSON.parse(await json.inputValue()) as { targets: unknown[]; variables: unknown }
  await json.fill('{ "targets": [')
  await page.getByRole('list', { name: 'Problems of Definition' }).waitFor()
  await json.fill(JSON.stringify({ ...definition, targets: definition.targets.slice(2), variables: {} }))
  await page.getByRole('button', { name: 'Save' }).click()
  await notice(page, /^Saved\./).waitFor()

  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByText('It was canceled').waitFor()
  const canceled = await eventually(
    () => product.relay.call<{ items: RunDetail[] }>('GET', '/workflows/checkout-smoke/runs?limit=1'),
    ({ items }) => items[0]!.status !== 'running',
  )
  expect(canceled.items[0]).toMatchObject({ status: 'failed', stop: 'canceled' })

  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete workflow' }).click()
  await notice(page, 'Deleted checkout-smoke and 4 runs.').waitFor()
  await page.getByText('No workflow in this project').waitFor()
  // The feed may tell of the deletion before the answer does: then the page asks once for what is gone.
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
})
