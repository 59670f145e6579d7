import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { FUSES } from '../../../packaging/fuses.ts'
import { ROOT } from '#test/architecture/source-tree.ts'
import { doNewcomersJob } from '#test/e2e/support/newcomer-job.ts'
import { openScreen } from '#test/e2e/support/window.ts'
import { scratchFolder } from '#test/hosts/bin.ts'
import { electronBinary } from './electron-binary.ts'

interface Launched {
  app: ElectronApplication
  page: Page
  home: string
  complaints: readonly string[]
}

/** Folders of its own, so that the person's own data stays out of it. */
function environmentOf(home: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(HOOKLOOP_|ELECTRON_RUN)/.test(name))
  return {
    ...(Object.fromEntries(inherited) as Record<string, string>),
    HOME: home,
    APPDATA: join(home, 'config'),
    LOCALAPPDATA: join(home, 'share'),
    XDG_DATA_HOME: join(home, 'share'),
    XDG_CONFIG_HOME: join(home, 'config'),
  }
}

async function launch(args: readonly string[] = [], home = scratchFolder()): Promise<Launched> {
  const app = await _electron.launch({
    executablePath: electronBinary()!,
    args: [ROOT, ...args],
    env: environmentOf(home),
  })
  onTestFinished(() => app.close())
  const page = await app.firstWindow()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.setDefaultTimeout(30_000)
  return { app, page, home, complaints }
}

/** A keychain may be missing where this runs; then the window asks for a passphrase first. */
async function choosePassphraseIfAsked(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Choose a passphrase for the vault' })
  await page.getByText('Nothing captured yet').waitFor()
  if (!(await dialog.isVisible())) return
  await dialog.getByLabel('Passphrase').fill('correct horse battery staple')
  await dialog.getByLabel('Once more').fill('correct horse battery staple')
  await dialog.getByRole('button', { name: 'Use this passphrase' }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** The exit code of the command line beside it. */
function listEvents(home: string): number | null {
  const command = [join(ROOT, 'src-main/cli/bin.mjs'), 'events']
  return spawnSync(process.execPath, command, { env: environmentOf(home) }).status
}

describe('the desktop on Electron', () => {
  it('DSK-1 does the newcomer’s whole job over its port', async () => {
    const { page, complaints } = await launch()
    await choosePassphraseIfAsked(page)
    await doNewcomersJob(page)
    expect(complaints).toEqual([])
  })

  it('DSK-1 does long work on the thread of the storage, backups included', async () => {
    const { page } = await launch()
    await choosePassphraseIfAsked(page)
    await openScreen(page, 'Settings')
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Backups' }).click()
    await page.getByRole('button', { name: 'Back up now' }).click()
    await page.getByRole('list', { name: 'Backups' }).getByText('0 events').waitFor()
  })

  it('SE30 has its page sandboxed and isolated, from a scheme of its own, with nothing of Node in it', async () => {
    const { app, page } = await launch()
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]!.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>
      }
      return contents.getLastWebPreferences()
    })
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
    expect(page.url()).toMatch(/^app:\/\/hookloop\//)
    const globals = ['require', 'process', 'module', 'ipcRenderer']
    expect(await page.evaluate((names) => names.filter((name) => name in globalThis), globals)).toEqual([])
    const denied = await page.evaluate(() =>
      navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state),
    )
    expect(denied).toBe('denied')
    await page.evaluate("location.href = 'https://example.com/'")
    expect(page.url()).toMatch(/^app:\/\/hookloop\//)
  })

  it('SE28 asks about a link that a second instance was started with', async () => {
    const { page, home } = await launch()
    await choosePassphraseIfAsked(page)
    const url = 'hookloop://add-endpoint?name=Linked&url=http://127.0.0.1:9/h&types=*'
    const second = await _electron
      .launch({ executablePath: electronBinary()!, args: [ROOT, url], env: environmentOf(home) })
      .catch(() => null)
    await page.getByRole('heading', { name: 'A link wants to add an endpoint' }).waitFor()
    await second?.close().catch(() => {})
  })

  it('DSK-1 serves the command line beside its window, and nobody once it has quit', async () => {
    const { app, page, home } = await launch()
    await choosePassphraseIfAsked(page)
    expect(listEvents(home)).toBe(0)
    await app.close()
    expect(listEvents(home)).toBe(3)
  })

  const packaged = process.env['HOOKLOOP_PACKAGED']
  it.runIf(packaged !== undefined && existsSync(packaged))(
    'SE31 has every fuse as decided in the packaged binary',
    async () => {
      const wire = await getCurrentFuseWire(packaged!)
      const decided = FUSES as unknown as Record<number, boolean>
      for (let fuse = 0; fuse <= FuseV1Options.WasmTrapHandlers; fuse++) {
        expect([FuseV1Options[fuse], wire[fuse as FuseV1Options] === FuseState.ENABLE]).toEqual([
          FuseV1Options[fuse],
          decided[fuse],
        ])
      }
    },
  )
})
