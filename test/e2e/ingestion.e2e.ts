import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumLaunchOptions } from '#test/support/chromium.ts'
import { type CaptureRig, startCaptureRig } from '#test/capture/capture-rig.ts'
import { eventually } from './support/window.ts'

let rig: CaptureRig
let site: Server
let siteUrl: string
let browser: Browser
/** Outlives its pages, as a person's browser does: what they still had to send goes on in it. */
let context: BrowserContext

beforeAll(async () => {
  rig = await startCaptureRig()
  site = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'session=of-the-site; Path=/' })
    response.end('<!doctype html><title>Shop</title><link rel="icon" href="data:,">')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`
  browser = await chromium.launch(chromiumLaunchOptions())
  context = await browser.newContext()
})

afterAll(async () => {
  await browser.close()
  site.close()
  await rig.stop()
})

/** A page of another origin, which will send `messages` while it closes; `send` is an expression of `url` and `body`. */
async function pageThatSends(id: string, send: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(siteUrl)
  const url = `http://127.0.0.1:${rig.port}/ingest/${rig.engine.capture.sourceOf('inbox')!.ingestKey}`
  const body = JSON.stringify({ id, type: 'call_ended', createdAt: '2026-11-20T09:12:04Z', data: { at: 'closing' } })
  await page.evaluate(`addEventListener('pagehide', () => {
    const url = ${JSON.stringify(url)}, body = ${JSON.stringify(body)}
    ${send}
  })`)
  return page
}

const CLOSINGS = {
  'is closed': (page: Page) => page.close({ runBeforeUnload: true }),
  'goes elsewhere': (page: Page) => page.goto('about:blank').then(() => {}),
}

const SENDERS = {
  'sendBeacon with text': 'navigator.sendBeacon(url, body)',
  'sendBeacon with a Blob of JSON': "navigator.sendBeacon(url, new Blob([body], { type: 'application/json' }))",
  'sendBeacon with a list in a Blob of text':
    "navigator.sendBeacon(url, new Blob(['[' + body + ']'], { type: 'text/plain' }))",
  'fetch with keepalive': "fetch(url, { method: 'POST', keepalive: true, body })",
  'fetch of JSON with keepalive':
    "fetch(url, { method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' }, body })",
}

describe.each(Object.entries(CLOSINGS))('a page of another origin that %s', (closing, close) => {
  it.each(Object.entries(SENDERS))('CAP-7 still delivers its event by %s', async (sender, send) => {
    const id = `${closing} ${sender}`
    const page = await pageThatSends(id, send)
    await close(page)
    const bodies = async () =>
      Promise.all((await rig.captured()).map(async (event) => (await rig.body(event)).toString()))
    const stored = await eventually(bodies, (all) => all.some((text) => text.includes(id)))
    expect(stored.filter((text) => text.includes(id))).toHaveLength(1)
    const event = (await rig.captured()).at(-1)!
    expect(event).toMatchObject({ origin: 'ingested', capture: 'complete', type: 'call_ended' })
    expect(event.headers.map(([name]) => name.toLowerCase())).not.toContain('cookie')
    if (!page.isClosed()) await page.close()
  })
})

describe('a page that stays', () => {
  it('CAP-7 reads the answer to its event, and why one was refused', async () => {
    const page = await context.newPage()
    await page.goto(siteUrl)
    const url = `http://127.0.0.1:${rig.port}/ingest/${rig.engine.capture.sourceOf('inbox')!.ingestKey}`
    const ask = (body: object) =>
      page.evaluate(
        async ([to, text]) => {
          const response = await fetch(to, { method: 'POST', body: text })
          return { status: response.status, body: (await response.json()) as unknown }
        },
        [url, JSON.stringify(body)] as const,
      )
    const message = { id: 'stays', type: 'call_started', createdAt: '2026-11-20T09:12:04Z', data: null }
    expect(await ask(message)).toMatchObject({ status: 201, body: { items: [{ isRepeat: false }] } })
    expect(await ask({ ...message, type: '' })).toMatchObject({ status: 400, body: { error: { field: 'type' } } })
    await page.close()
  })

  it('CAP-7 cannot send from an origin that is not allowed', async () => {
    const source = rig.engine.capture.sourceOf('inbox')!
    await rig.engine.sources.update(source, { allowedOrigins: ['https://shop.example'] })
    const before = (await rig.captured()).length
    const page = await context.newPage()
    await page.goto(siteUrl)
    const url = `http://127.0.0.1:${rig.port}/ingest/${source.ingestKey}`
    const outcome = await page.evaluate(
      (to) =>
        fetch(to, { method: 'POST', body: '{}' }).then(
          () => 'read',
          () => 'refused',
        ),
      url,
    )
    expect(outcome).toBe('refused')
    expect(await rig.captured()).toHaveLength(before)
    await page.close()
  })
})
