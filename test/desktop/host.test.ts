import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Api } from '#main/cli/connection.ts'
import { buildIfStale } from '#main/cli/build.ts'
import { ROOT } from '#test/architecture/source-tree.ts'
import { runBin, scratchFolder } from '#test/hosts/bin.ts'
import { type Desk, type DeskOptions, openDesk, startDesk, untilShown } from './desk/desk.ts'
import { OWN_PAGE, type Frame } from './desk/front-ports.ts'

interface ShownWindow {
  id: number
  url: string
  options: Record<string, unknown>
  isVisible: boolean
}

/** Resolves once the window shows the product. */
async function startReady(options: Partial<DeskOptions> = {}): Promise<Desk & { home: string }> {
  const home = options.home ?? scratchFolder()
  const desk = startDesk({ home, ...options })
  await untilShown(desk)
  return { ...desk, home }
}

async function onlyWindow(desk: Desk): Promise<ShownWindow> {
  const windows = await desk.ask<ShownWindow[]>('windows')
  expect(windows).toHaveLength(1)
  return windows[0]!
}

const isPartOfIt = existsSync(join(ROOT, 'src-main/desktop'))

async function client(desk: Desk): Promise<Api> {
  const { port } = await desk.ports.handOver()
  return createORPCClient(new RPCLink({ port: port as unknown as globalThis.MessagePort }))
}

// The product stands without its desktop: where that was taken out, there is nothing to test here.
describe.runIf(isPartOfIt)('the desktop host, once it shows its window', () => {
  const home = mkdtempSync(join(tmpdir(), 'hookloop-desktop-'))
  const pressed: string[] = []
  let desk: Desk

  beforeAll(async () => {
    await buildIfStale()
    desk = openDesk({
      home,
      env: { STAND_IN_PACKAGED: '1' },
      press: ({ message, cancelId }) => (pressed.push(message), message.includes('good.example') ? 0 : cancelId),
    })
    await untilShown(desk)
  }, 120_000)

  afterAll(async () => {
    await desk.end()
    rmSync(home, { recursive: true, force: true })
  })

  it('DSK-1 SE30 opens one sandboxed, isolated window without Node, away from the key’s folder', async () => {
    expect(await onlyWindow(desk)).toMatchObject({
      url: 'app://hookloop/',
      isVisible: true,
      options: { webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false } },
    })
    expect(await desk.ask('app')).toMatchObject({ isSandboxed: true, userData: join(home, 'config/hookloop/desktop') })
    expect(await desk.ask('schemes')).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
    expect(await desk.ask('channels')).toEqual(['hookloop:port'])
  })

  it('DSK-1 SE30 serves the built window under a strict policy, and nothing outside of it', async () => {
    const page = await desk.ask<{ headers: Record<string, string> }>('serve', 'app://hookloop/')
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } })
    const policy = page.headers['content-security-policy']
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    const outside = ['../main/desktop.js', '%2e%2e/main/desktop.js', '..%5cmain%5cdesktop.js', '%', 'no-such-file.js']
    for (const path of outside) {
      expect(await desk.ask('serve', `app://hookloop/${path}`), path).toMatchObject({ status: 404 })
    }
    expect(await desk.ask('serve', 'app://other/')).toMatchObject({ status: 404 })
  })

  it('DSK-1 SE29 answers the contract over a port of its own top frame, and closes every other', async () => {
    const { mode } = await (await client(desk)).system.status({})
    expect(mode).toBe('local')
    const strangers: (Frame | null)[] = [
      { url: 'https://evil.example/', isTop: true },
      { url: 'app://hookloop.evil.example/', isTop: true },
      { url: 'devtools://devtools/bundled/inspector.html', isTop: true },
      { ...OWN_PAGE, isTop: false },
    ]
    for (const frame of strangers) expect(await (await desk.ports.handOver(frame!)).closed, frame?.url).toBe('closed')
  })

  it('SE30 stays on its page, and opens a web link outside only when the user agrees', async () => {
    const { id } = await onlyWindow(desk)
    for (const question of ['navigate', 'navigateFrame', 'redirect']) {
      for (const url of ['https://evil.example/', 'file:///etc/passwd', 'javascript:alert(1)', 'app://other/']) {
        expect(await desk.ask(question, id, url), `${question} ${url}`).toBe(false)
      }
      expect(await desk.ask(question, id, 'app://hookloop/index.html')).toBe(true)
    }
    expect(await desk.ask('attachWebview', id)).toBe(false)
    const links = [
      'https://bad.example/',
      'http://good.example/',
      'file:///etc/passwd',
      'https://u:p@good.example/',
      'x',
    ]
    for (const url of [...links, 'https://good.example/docs']) expect(await desk.ask('open', id, url)).toBe('deny')
    await desk.until('outside')
    expect(desk.told('outside')).toEqual([['https://good.example/docs']])
    expect(pressed).toEqual(['Open bad.example in your browser?', 'Open good.example in your browser?'])
  })

  it('SE30 grants nothing but the clipboard of its own page, reaches no network, and saves only what the page made', async () => {
    const none = { request: false, check: false, device: false, screen: {} }
    for (const name of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'midi', 'usb']) {
      expect(await desk.ask('permission', name, 'app://hookloop/'), name).toEqual(none)
    }
    expect(await desk.ask('permission', 'clipboard-sanitized-write', 'https://evil.example/')).toEqual(none)
    const granted = { ...none, request: true, check: true }
    expect(await desk.ask('permission', 'clipboard-sanitized-write', 'app://hookloop/')).toEqual(granted)
    for (const url of ['https://evil.example/', 'http://127.0.0.1/', 'wss://evil.example/', 'file:///etc/passwd']) {
      expect(await desk.ask('reach', url), url).toEqual({ cancel: true })
    }
    expect(await desk.ask('download', 'https://evil.example/tool.exe')).toBe(false)
    expect(await desk.ask('download', 'blob:app://hookloop/4711')).toBe(true)
  })

  it('DSK-1 a second instance brings the window of the first to the front and ends', async () => {
    const { id } = await onlyWindow(desk)
    await desk.ask('blurWindow', id)
    const second = startDesk({ home })
    expect(await second.ended).toEqual({ code: 0, stderr: '' })
    await expect.poll(async () => (await desk.ask<{ isFocused: boolean }[]>('windows'))[0]?.isFocused).toBe(true)
  })

  it('DSK-1 launches at login where the user wants it, without its window', async () => {
    const entry = join(home, 'config/autostart/hookloop.desktop')
    await desk.ask('chooseTray', 'Launch at Login')
    expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=".+" --hidden$/m)
    await desk.ask('chooseMenu', 'File', 'Launch at Login')
    expect(existsSync(entry)).toBe(false)
  })

  it('DSK-1 a window that falls over is loaded again, and one that keeps falling over is asked about', async () => {
    const { id } = await onlyWindow(desk)
    for (let time = 0; time < 4; time++) await desk.ask('rendererGone', id, 'crashed')
    await desk.until('box', ({ message }: { message: string }) => message.startsWith('The window stopped'))
    expect(desk.told('window.reload')).toHaveLength(3)
  })

  it('SE36 a copy without a channel offers no updates', async () => {
    await expect(desk.ask('chooseMenu', 'File', 'Check for Updates…')).rejects.toThrow('No “Check for Updates…”')
  })

  it('DSK-1 serves the loopback API for the command line beside its window, and ends gracefully', async () => {
    expect(await runBin(['events'], home)).toMatchObject({ code: 0, stdout: 'No events yet.\n' })
    desk.signal('SIGTERM')
    expect(await desk.ended).toMatchObject({ code: 0 })
    expect((await runBin(['events'], home)).code).toBe(3)
  })
})

describe.runIf(isPartOfIt)('the desktop host', () => {
  beforeAll(buildIfStale, 120_000)

  it('SE28 a packaged app takes no switch that opens a door, wherever it comes from', async () => {
    const packaged = { STAND_IN_PACKAGED: '1' }
    for (const word of ['--remote-debugging-port=9222', '--no-sandbox', '--password-store=basic']) {
      const { code, stderr } = await startDesk({ home: scratchFolder(), env: packaged, argv: [word] }).ended
      expect(code, word).toBe(1)
      expect(stderr).toContain(`Hookloop does not take this switch: It was started with ${word}.`)
    }
    const desk = startDesk({ home: scratchFolder(), env: packaged, argv: ['--hidden', '--ozone-platform-hint=auto'] })
    await desk.until('tray', (text) => String(text).includes('capturing'))
    expect(await desk.ask('windows')).toEqual([])
    expect(await desk.ask('app')).toMatchObject({ schemes: ['hookloop'] })
  })

  it('DSK-1 remembers where its window was, how large and how far zoomed', async () => {
    const home = scratchFolder()
    const bounds = { x: 40, y: 60, width: 1_000, height: 700 }
    const first = await startReady({ home })
    const { id } = await onlyWindow(first)
    await first.ask('moveWindow', id, bounds)
    await first.ask('zoomWindow', id, 1.5)
    void first.ask('quit')
    await first.ended
    expect(await onlyWindow(await startReady({ home }))).toMatchObject({ options: bounds })
    const kept = join(home, 'config/hookloop/desktop/desktop.json')
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toMatchObject({ bounds, zoomLevel: 1.5 })
  })

  it('DSK-1 starts with what it remembers even where that is broken', async () => {
    const home = scratchFolder()
    mkdirSync(join(home, 'config/hookloop/desktop'), { recursive: true })
    writeFileSync(join(home, 'config/hookloop/desktop/desktop.json'), '{"bounds": {"x": "left"}, "zoomLevel": 1e9')
    expect(await onlyWindow(await startReady({ home }))).toMatchObject({ options: { width: 1_280, height: 800 } })
  })
})
