import { EventEmitter } from 'node:events'
import { mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answers } from './desk-line.ts'

export class Preventable {
  defaultPrevented = false
  preventDefault = (): void => {
    this.defaultPrevented = true
  }
}

interface Closable {
  close(): void
  isDestroyed(): boolean
}

class App extends EventEmitter {
  readonly name = 'Hookloop'
  readonly isPackaged = process.env['STAND_IN_PACKAGED'] === '1'
  /** Filled by the windows. */
  readonly windows = new Set<Closable>()
  isSandboxed = false
  badge = 0
  loginItem = { openAtLogin: false, args: [] as readonly string[] }
  schemes: string[] = []
  readonly #paths = new Map([['appData', process.env['STAND_IN_APP_DATA'] ?? '']])

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }
  getPath(name: string): string {
    return this.#paths.get(name) ?? ''
  }
  getAppPath(): string {
    return join(import.meta.dirname, '../../..')
  }
  getName(): string {
    return this.name
  }
  getVersion(): string {
    return process.env['STAND_IN_VERSION'] ?? '0.1.0'
  }
  enableSandbox(): void {
    this.isSandboxed = true
  }
  setBadgeCount(count: number): boolean {
    this.badge = count
    return true
  }
  setLoginItemSettings(settings: { openAtLogin: boolean; args: readonly string[] }): void {
    this.loginItem = settings
  }
  getLoginItemSettings(): { openAtLogin: boolean } {
    return this.loginItem
  }
  setAsDefaultProtocolClient(scheme: string): boolean {
    this.schemes.push(scheme)
    return true
  }
  isReady(): boolean {
    return true
  }
  whenReady(): Promise<void> {
    return new Promise((done) => setImmediate(done))
  }

  /** A file with our process id holds the lock; whoever comes second leaves its words beside it. */
  requestSingleInstanceLock(): boolean {
    const folder = this.getPath('userData')
    mkdirSync(folder, { recursive: true })
    const lock = join(folder, 'instance')
    if (holderOf(lock) !== null) {
      writeFileSync(join(folder, `second-${process.pid}.new`), JSON.stringify(process.argv))
      return false
    }
    writeFileSync(lock, String(process.pid))
    process.once('exit', () => rmSync(lock, { force: true }))
    watch(folder, (_kind, name) => {
      if (!name?.startsWith('second-')) return
      const words = wordsIn(join(folder, name))
      if (words !== null) this.emit('second-instance', new Preventable(), words, folder, null)
    }).unref()
    return true
  }

  quit(): void {
    const event = new Preventable()
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    for (const window of this.windows) window.close()
    if ([...this.windows].some((window) => !window.isDestroyed())) return
    this.emit('will-quit', new Preventable())
    this.exit(0)
  }
  exit(code = 0): void {
    this.emit('quit', new Preventable(), code)
    process.exit(code)
  }
}

export const app = new App()
export const powerMonitor = new EventEmitter()
export const autoUpdater = new EventEmitter()

// Where a packaged app has its archive, and beside it what it was packaged with.
Object.assign(process, { resourcesPath: process.env['STAND_IN_RESOURCES'] ?? '' })

function holderOf(lock: string): number | null {
  try {
    const holder = Number(readFileSync(lock, 'utf8'))
    process.kill(holder, 0)
    return holder
  } catch {
    return null
  }
}

/** Null where it was read before, or is not whole yet: then the watcher comes again. */
function wordsIn(file: string): string[] | null {
  try {
    const words = JSON.parse(readFileSync(file, 'utf8')) as string[]
    rmSync(file)
    return words
  } catch {
    return null
  }
}

answers({
  app: () => {
    const { isSandboxed, badge, loginItem, schemes } = app
    return { isSandboxed, badge, loginItem, schemes, userData: app.getPath('userData') }
  },
  quit: () => app.quit(),
  openUrl: (url: string) => void app.emit('open-url', new Preventable(), url),
  power: (event: string) => void powerMonitor.emit(event, new Preventable()),
})
