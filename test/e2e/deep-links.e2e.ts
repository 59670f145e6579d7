import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from './support/product.ts'
import { eventually, openScreen, row } from './support/window.ts'

/** A state of the window as its address says it; `{name}` stands for the id of something in the shop. */
const PLACES: readonly { place: string; title: string; opens?: string; tab?: string }[] = [
  { place: '/inbox?filter=type:order.*', title: 'Inbox' },
  { place: '/inbox/{event}', title: 'Inbox', opens: 'order.paid', tab: 'Payload' },
  { place: '/inbox/{event}?tab=headers', title: 'Inbox', opens: 'order.paid', tab: 'Headers' },
  { place: '/compare?left={event}&right={other}', title: 'Comparison' },
  { place: '/exchange', title: 'Export and import' },
  { place: '/deliveries?filter=state:failed', title: 'Deliveries' },
  { place: '/deliveries/{delivery}', title: 'Deliveries', opens: 'order.paid' },
  { place: '/dead-letters', title: 'Dead letters' },
  { place: '/dead-letters/{endpoint}~server_error', title: 'Dead letters' },
  { place: '/endpoints/{endpoint}', title: 'Endpoints', opens: 'Billing', tab: 'Settings' },
  { place: '/endpoints/{endpoint}?tab=runbook', title: 'Endpoints', opens: 'Billing', tab: 'Runbook' },
  { place: '/integrations/ga4', title: 'Integrations', opens: 'Google Analytics 4' },
  { place: '/sources/{source}', title: 'Sources', opens: 'Till' },
  { place: '/catalog/crawlux?tab=signing', title: 'Catalog', opens: 'Crawlux', tab: 'Signing' },
  { place: '/catalog/crawlux/audit.failed', title: 'Catalog', opens: 'audit.failed' },
  { place: '/replays/{replay}', title: 'Replays' },
  { place: '/workflows/smoke?tab=ci', title: 'Workflows', opens: 'smoke', tab: 'CI' },
  { place: '/workflows/smoke/{run}', title: 'Workflows' },
  { place: '/overview?range=1h', title: 'Overview' },
  { place: '/alerts/new', title: 'Alerts' },
  { place: '/vault/{secret}', title: 'Vault' },
  { place: '/keys/{key}', title: 'Keys', opens: 'Dashboard' },
  { place: '/activity?action=endpoint.create', title: 'Activity' },
  { place: '/activity/credentials', title: 'Activity' },
  { place: '/settings/backups', title: 'Settings', opens: 'Backups' },
]

let product: Product
let receiver: Receiver
const ids: Record<string, string> = {}

interface Named {
  id: string
}

async function fillShop(): Promise<void> {
  const { relay } = product
  const post = <T = Named>(path: string, body: unknown) => relay.call<T>('POST', `${path}?project=shop`, body)
  const first = async (path: string): Promise<string> => {
    const read = () => relay.call<{ items: Named[] }>('GET', `${path}project=shop`)
    const { items } = await eventually(read, (page) => page.items.length > 0)
    return items[0]!.id
  }
  await relay.call('POST', '/projects', { name: 'Shop', slug: 'shop' })
  const billing = {
    name: 'Billing',
    url: receiver.url,
    eventTypes: ['order.*'],
    policy: 'once',
    provider: 'standard-webhooks',
  }
  ids['endpoint'] = (await post('/endpoints', billing)).id
  ids['source'] = (await post('/sources', { name: 'Till', slug: 'till' })).id
  ids['other'] = (await post('/events', { type: 'order.made', data: { order: 1 } })).id
  ids['event'] = (await post('/events', { type: 'order.paid', data: { order: 1 } })).id
  ids['delivery'] = await first(`/deliveries?eventId=${ids['event']}&state=failed&`)
  ids['replay'] = (await post('/replays', { eventIds: [ids['event']], url: receiver.url, resign: false })).id
  await relay.call('PUT', '/workflows/smoke?project=shop', {
    targets: [{ url: receiver.url }],
    events: [{ type: 'order.paid', data: {} }],
  })
  ids['run'] = (await post<{ batch_run_id: string }>('/workflows/smoke/runs', {})).batch_run_id
  ids['secret'] = await first('/secrets?')
  ids['key'] = (
    await relay.call<Named>('POST', '/keys', { name: 'Dashboard', owner: 'Ops', scopes: ['events:read'] })
  ).id
}

const addressOf = (place: string): string => place.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? name)

async function expectState(page: Page, { title, opens, tab }: (typeof PLACES)[number]): Promise<void> {
  await expect.poll(() => page.title()).toBe(`${title} · Hookloop`)
  if (opens !== undefined) await page.getByRole('heading', { name: opens }).first().waitFor()
  if (tab !== undefined) await page.getByRole('tab', { name: tab, selected: true }).first().waitFor()
  await expect.poll(() => new URL(page.url()).hash).toContain('in=shop')
}

beforeAll(async () => {
  product = await startProduct()
  receiver = await startReceiver({ script: () => ({ status: 500 }) })
  await fillShop()
})

afterAll(async () => {
  await product.close()
  await receiver.close()
})

it('shows for every address what it says, and again by Back and Forward', async () => {
  const { page } = await product.open()
  await page.getByText('Nothing captured yet').waitFor()
  const begin = page.url().replace(/#.*$/, '')
  for (const state of PLACES) {
    const address = addressOf(state.place)
    await page.goto(`${begin}#${address}${address.includes('?') ? '&' : '?'}in=shop`)
    await expectState(page, state)
  }
  for (const state of PLACES.toReversed().slice(1)) {
    await page.goBack()
    await expectState(page, state)
  }
  for (const state of PLACES.slice(1, 6)) {
    await page.goForward()
    await expectState(page, state)
  }
})

it('shows what a copied address says to someone who looked at another project, and goes back to theirs', async () => {
  const { page, complaints } = await product.open()
  await page.getByRole('button', { name: 'Project Default' }).waitFor()
  await expect.poll(() => page.url()).toContain('in=default')
  const mine = page.url()
  await page.goto('about:blank')
  await page.goto(`${mine.replace(/#.*$/, '')}#/inbox/${ids['event']}?tab=headers&in=shop`)
  await page.getByRole('button', { name: 'Project Shop' }).waitFor()
  await page.getByRole('tab', { name: 'Headers', selected: true }).waitFor()
  await openScreen(page, 'Endpoints')
  await row(page, /Billing/).click()
  await page.getByRole('tab', { name: 'Runbook' }).click()
  await expect.poll(() => page.url()).toMatch(/#\/endpoints\/end_.*[?&](in=shop&tab=runbook|tab=runbook&in=shop)/)
  await page.getByRole('button', { name: 'Project Shop' }).click()
  await page.getByRole('menuitemradio', { name: /default/i }).click()
  await page.getByText('Nothing captured yet').waitFor()
  await page.goBack()
  await page.getByRole('button', { name: 'Project Shop' }).waitFor()
  await page.getByRole('tab', { name: 'Runbook', selected: true }).waitFor()
  expect(complaints).toEqual([])
})
