import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildIfStale } from '#main/cli/build.ts'
import type { Question } from './desktop/questions.ts'
import { runBin, scratchFolder } from './bin.ts'

const DESKTOP = resolve(import.meta.dirname, '../../out/main/desktop.js')
const SOURCES = resolve(import.meta.dirname, '../../src-main/desktop')
const REGISTER = join(import.meta.dirname, 'desktop/register.ts')

beforeAll(buildIfStale, 120_000)

/** The built desktop on a stand-in for Electron: it proves how the host is wired, not Electron. */
function startDesktop(home: string, env: Record<string, string> = {}) {
  const child = fork(DESKTOP, {
    execArgv: ['--import', REGISTER],
    env: {
      PATH: process.env['PATH'],
      XDG_DATA_HOME: join(home, 'share'),
      XDG_CONFIG_HOME: join(home, 'config'),
      STAND_IN_APP_DATA: home,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = Promise.all([once(child, 'exit'), text(child.stderr!)]).then(([[code], stderr]) => ({
    code: code as number | null,
    stderr,
  }))
  return { child, ended }
}

async function startWindow(home: string) {
  const started = startDesktop(home)
  const gone = started.ended.then(({ stderr }) => Promise.reject(new Error(`The desktop ended: ${stderr}`)))
  gone.catch(() => {})
  await Promise.race([once(started.child, 'message'), gone])
  return { ...started, ask: (question: Question, about = '') => ask(started.child, question, about) }
}

async function ask(child: ChildProcess, question: Question, about: string): Promise<unknown> {
  child.send({ question, text: about })
  const [message] = (await once(child, 'message')) as [{ answer: unknown }]
  return message.answer
}

// The product stands without its desktop: where that was taken out, there is nothing to test here.
describe.runIf(existsSync(SOURCES))('the desktop', () => {
  it('DSK-1 opens a sandboxed, isolated window without Node, away from the key’s folder', async () => {
    const home = scratchFolder()
    const { ask } = await startWindow(home)
    expect(await ask('window')).toMatchObject({
      url: 'app://hookloop/',
      userData: join(home, 'hookloop/desktop'),
      options: { webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false } },
      privileged: [{ scheme: 'app', privileges: { standard: true, secure: true } }],
    })
  })

  it('DSK-1 serves the built window under a strict policy, and nothing outside of it', async () => {
    const { ask } = await startWindow(scratchFolder())
    const page = await ask('fetch', 'app://hookloop/')
    expect(page).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' })
    expect(page).toMatchObject({ policy: expect.stringContaining("default-src 'none'") as string })
    for (const url of ['app://hookloop/../main/desktop.js', 'app://hookloop/%2e%2e/main/desktop.js', 'app://other/']) {
      expect(await ask('fetch', url)).toMatchObject({ status: 404 })
    }
    expect(await ask('fetch', 'app://hookloop/%')).toMatchObject({ status: 404 })
  })

  it('DSK-1 answers the contract over the port of its own page, and of no other', async () => {
    const { ask } = await startWindow(scratchFolder())
    expect(await ask('port', 'app://hookloop/')).toBe('local')
    expect(await ask('port', 'https://evil.example/')).toBe('refused')
  })

  it('DSK-1 stays on its page, opens web links outside, and grants no permission', async () => {
    const { ask } = await startWindow(scratchFolder())
    expect(await ask('navigate', 'https://evil.example/')).toBe('prevented')
    expect(await ask('navigate', 'app://hookloop/index.html')).toBe('allowed')
    expect(await ask('open', 'https://example.com/')).toEqual({ action: 'deny', outside: ['https://example.com/'] })
    expect(await ask('open', 'file:///etc/passwd')).toEqual({ action: 'deny', outside: ['https://example.com/'] })
    expect(await ask('permission', 'media')).toEqual([false, false])
  })

  it('DSK-1 serves the loopback API for the command line beside its window, and ends gracefully', async () => {
    const home = scratchFolder()
    const { child, ended } = await startWindow(home)
    expect(await runBin(['events'], home)).toMatchObject({ code: 0, stdout: 'No events yet.\n' })
    child.kill('SIGTERM')
    expect(await ended).toEqual({ code: 0, stderr: '' })
    expect((await runBin(['events'], home)).code).toBe(3)
  })

  it('DSK-1 leaves the first instance alone, and says so where its data is in use by a relay', async () => {
    const home = scratchFolder()
    expect(await startDesktop(home, { STAND_IN_SECOND: '1' }).ended).toEqual({ code: 0, stderr: '' })
    await startWindow(home)
    const { code, stderr } = await startDesktop(home).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/^Hookloop cannot start: The data directory .* is in use/)
  })
})
