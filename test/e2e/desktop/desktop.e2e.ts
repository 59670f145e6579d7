import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildIfStale } from '#main/cli/build.ts'
import { ROOT } from '#test/architecture/source-tree.ts'
import { createPages, type Pages } from '#test/desktop/desk/chromium-pages.ts'
import { type Desk, openDesk, startDesk, untilShown } from '#test/desktop/desk/desk.ts'
import { scratchFolder } from '#test/hosts/bin.ts'
import { chromiumLaunchOptions } from '#test/support/chromium.ts'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { doNewcomersJob } from '../support/newcomer-job.ts'
import { openScreen, row } from '../support/window.ts'

interface Session {
  api: string
  capture: string
  token: string
}

function sessionOf(home: string): Session {
  return JSON.parse(readFileSync(join(home, 'share/hookloop/session.json'), 'utf8')) as Session
}

async function call<T>(home: string, method: string, path: string, body?: object): Promise<T> {
  const { api, token } = sessionOf(home)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const response = await fetch(api + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as T
}

const capture = (home: string) => fetch(`${sessionOf(home).capture}/inbox`, { method: 'POST', body: '{"hello":1}' })

const createEndpoint = (home: string, name: string, url: string) =>
  call<{ id: string }>(home, 'POST', '/endpoints', { name, url, eventTypes: ['*'] })

async function endpointNames(home: string): Promise<string[]> {
  const { items } = await call<{ items: { name: string; state: string }[] }>(home, 'GET', '/endpoints')
  return items.flatMap(({ name, state }) => [name, `${name}: ${state}`])
}

// The product stands without its desktop: where that was taken out, there is nothing to test here.
describe.runIf(existsSync(join(ROOT, 'src-main/desktop')))('the desktop, on a stand-in for Electron', () => {
  const home = mkdtempSync(join(tmpdir(), 'hookloop-desktop-'))
  let browser: Browser
  let pages: Pages
  let desk: Desk
  let page: Page
  let late: Receiver

  beforeAll(async () => {
    await buildIfStale()
    browser = await chromium.launch(chromiumLaunchOptions())
    pages = createPages(browser)
    desk = openDesk({ home, pages })
    await untilShown(desk)
    page = await pages.page()
  })

  afterAll(async () => {
    await desk.end()
    await browser.close()
    rmSync(home, { recursive: true, force: true })
  })

  it('DSK-1 does the newcomer’s whole job over its port', async () => {
    await doNewcomersJob(page)
    expect(pages.complaints).toEqual([])
    expect(pages.reached).toEqual([])
  })

  it('DSK-1 tells in the tray what came while nobody looked, and nothing once somebody does', async () => {
    await desk.ask('blurWindow', 1)
    await capture(home)
    await desk.until('tray', (text) => String(text).includes('1 new event'))
    expect(await desk.ask('app')).toMatchObject({ badge: 1 })
    await desk.ask('focusWindow', 1)
    await expect.poll(async () => (await desk.ask<{ toolTip: string }>('tray')).toolTip).not.toContain('new event')
  })

  it('DSK-1 notifies of a paused endpoint, and a click shows it', async () => {
    const receiver = await startReceiver({ script: [{ status: 410 }] })
    await createEndpoint(home, 'Gone <b>shop</b>', receiver.url)
    await desk.ask('blurWindow', 1)
    await capture(home)
    const [told] = await desk.until('notification')
    expect(told).toEqual({
      title: 'Paused: Gone ‹b›shop‹/b›',
      body: 'It answered 410 Gone. What comes for it is held until you resume it.',
    })
    await desk.until('tray', (text) => String(text).includes('1 endpoint paused: Gone'))
    await desk.ask('clickNotification', -1)
    await page.getByRole('heading', { name: 'Gone <b>shop</b>' }).waitFor()
    expect(await desk.ask('windows')).toMatchObject([{ isFocused: true }])
    await receiver.close()
  })

  it('DSK-1 goes to a screen from the menu without loading the page anew', async () => {
    await page.evaluate('globalThis.mark = 1')
    await desk.ask('chooseMenu', 'Go', 'Catalog')
    await page.waitForURL(/#\/catalog/)
    expect(await page.evaluate('globalThis.mark')).toBe(1)
  })

  it('DSK-1 begins nothing while the machine sleeps', async () => {
    late = await startReceiver()
    await desk.ask('power', 'suspend')
    await desk.until('tray', (text) => String(text).includes('asleep'))
    await createEndpoint(home, 'Awake', late.url)
    await capture(home)
    const { items } = await call<{ items: { state: string }[] }>(home, 'GET', '/deliveries?limit=1')
    expect(items).toMatchObject([{ state: 'scheduled' }])
    await desk.ask('power', 'resume')
  })

  it('SE30 gives its page no way out: no Node, no other script, no other place, no network', async () => {
    const found = await page.evaluate(async () => {
      const failed = (attempt: () => unknown) => {
        try {
          attempt()
          return 'went through'
        } catch (error) {
          return (error as Error).name
        }
      }
      const frame = document.body.appendChild(document.createElement('iframe'))
      frame.src = 'https://evil.example/'
      const script = document.body.appendChild(document.createElement('script'))
      script.textContent = 'globalThis.wasRun = true'
      window.open('file:///etc/passwd')
      return {
        globals: ['require', 'process', 'module', 'ipcRenderer', 'toMain', 'fromMain'].filter(
          (name) => name in globalThis,
        ),
        code: await new Promise((resolve) =>
          setTimeout(() => resolve(failed(() => Reflect.construct(Function, ['return 1'])))),
        ),
        inline: 'wasRun' in globalThis,
        network: await fetch('https://evil.example/').then(
          () => 'went through',
          (error: Error) => error.name,
        ),
      }
    })
    expect(found).toEqual({ globals: [], code: 'EvalError', inline: false, network: 'TypeError' })
    await page.evaluate("location.href = 'https://evil.example/'")
    await page.evaluate("location.href = 'app://other/'").catch(() => {})
    await expect.poll(() => page.url()).toContain('hookloop.test/#/catalog')
    expect(pages.reached).toEqual([])
    expect(desk.told('outside')).toEqual([])
  })

  it('SE28 a link that a second instance was started with is asked about, and nothing is done without a click', async () => {
    const url = 'hookloop://add-endpoint?name=Linked&url=http://127.0.0.1:9/h&types=order.*'
    const second = startDesk({ home, argv: [url, '--inspect', 'hookloop://show?event=x'] })
    expect((await second.ended).code).toBe(0)
    await page.getByRole('heading', { name: 'A link wants to add an endpoint' }).waitFor()
    expect(await endpointNames(home)).not.toContain('Linked')
    await page.getByRole('button', { name: 'Add it, paused' }).click()
    await page.getByRole('heading', { name: 'Linked' }).waitFor()
    expect(await endpointNames(home)).toContain('Linked: paused')
  })

  it('SE28 a link that cannot be followed says why, is shown as text, and is discarded', async () => {
    await desk.ask('openUrl', 'hookloop://run-script?code=<img src=x onerror=alert(1)>')
    await page.getByRole('heading', { name: 'This link cannot be followed' }).waitFor()
    await desk.ask('openUrl', `hookloop://show?event=${'x'.repeat(1_000_000)}`)
    await page.getByText('It is longer than 8,192 characters.').waitFor()
    await page.getByRole('button', { name: 'Discard the link' }).click()
    await page.waitForURL(/#\/inbox/)
  })

  it('DSK-1 stays in the tray when its window is closed, where that is wanted, and comes back as it was', async () => {
    await desk.ask('chooseMenu', 'File', 'Keep Running When the Window Is Closed')
    await desk.ask('closeWindow', 1)
    await desk.until('notification', ({ title }: { title: string }) => title === 'Hookloop keeps running')
    expect(await desk.ask('windows')).toMatchObject([{ isVisible: false }])
    await capture(home)
    await desk.ask('clickTray')
    expect(await desk.ask('windows')).toMatchObject([{ isVisible: true }])
    await openScreen(page, 'Inbox')
    await row(page, /POST/).waitFor()
  })

  it('DSK-1 goes on with what came while the machine slept, once it is back', async () => {
    await late.waitFor(1)
    await late.close()
  })

  it('DSK-1 quits once what is under way has ended, and has nothing to send again', async () => {
    const answer = Promise.withResolvers<void>()
    const receiver = await startReceiver({ script: [{ status: 200, after: answer.promise }] })
    const { id } = await createEndpoint(home, 'Slow', receiver.url)
    await capture(home)
    await receiver.waitFor(1)
    void desk.ask('chooseTray', 'Quit')
    await desk.until('tray', (text) => String(text).includes('finishing what is under way'))
    answer.resolve()
    expect(await desk.ended).toMatchObject({ code: 0 })
    const again = startDesk({ home })
    await untilShown(again)
    const { items } = await call<{ items: object[] }>(home, 'GET', `/deliveries?endpointId=${id}`)
    expect(items).toMatchObject([{ state: 'succeeded', attempts: 1 }])
    expect(receiver.requests).toHaveLength(1)
    await receiver.close()
  })

  it('SE32 without a keyring asks for a passphrase in its place, and for the same one after a start', async () => {
    const own = scratchFolder()
    const env = { STAND_IN_KEYCHAIN: 'basic_text' }
    const passphrase = 'correct horse battery staple'
    const unprotectedPages = createPages(browser)
    const unprotected = startDesk({ home: own, env, pages: unprotectedPages })
    await untilShown(unprotected)
    await expect(createEndpoint(own, 'Early', 'http://127.0.0.1:9/')).rejects.toThrow('no keyring that protects')
    const first = await unprotectedPages.page()
    const choosing = first.getByRole('dialog', { name: 'Choose a passphrase for the vault' })
    await choosing.getByText('This desktop has no keyring that protects a key.').waitFor()
    await choosing.getByLabel('Passphrase').fill(passphrase)
    await choosing.getByLabel('Once more').fill(passphrase)
    await choosing.getByRole('button', { name: 'Use this passphrase' }).click()
    await choosing.waitFor({ state: 'detached' })
    await createEndpoint(own, 'Kept', 'http://127.0.0.1:9/')
    await unprotected.end()

    const second = createPages(browser)
    await untilShown(startDesk({ home: own, env, pages: second }))
    const entering = (await second.page()).getByRole('dialog', { name: 'Enter the passphrase of the vault' })
    await entering.getByLabel('Passphrase').fill('correct horse battery')
    await entering.getByRole('button', { name: 'Open the vault' }).click()
    await entering.getByText('This is not the passphrase of the vault.').waitFor()
    await entering.getByLabel('Passphrase').fill(passphrase)
    await entering.getByRole('button', { name: 'Open the vault' }).click()
    await entering.waitFor({ state: 'detached' })
    expect(await call(own, 'GET', '/vault')).toMatchObject({ state: 'open', key: { keptBy: 'passphrase', asks: null } })
    expect(second.complaints).toEqual([])
  })

  it('DSK-1 shows why it cannot start in a window that can be read, and starts once that is put right', async () => {
    const broken = scratchFolder()
    const file = join(broken, 'share/hookloop/hookloop.db')
    mkdirSync(join(broken, 'share/hookloop'), { recursive: true })
    writeFileSync(file, 'this is no database, whatever its name says. '.repeat(50))
    const own = createPages(browser)
    const failing = startDesk({ home: broken, pages: own })
    const shown = await own.page()
    await shown.getByRole('heading', { name: 'Hookloop cannot start' }).waitFor()
    expect(await shown.getByRole('alert').innerText()).toContain('hookloop.db')
    await shown.getByRole('button', { name: 'Show the data folder' }).click()
    expect(await failing.until('outside')).toEqual([join(broken, 'share/hookloop')])
    rmSync(file)
    await shown.getByRole('button', { name: 'Try again' }).click()
    await shown.getByText('Nothing captured yet').waitFor()
    expect(own.complaints).toEqual([])
  })
})
