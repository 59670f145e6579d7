// As much of Electron's main process as the desktop host uses, without a window: what the host sets up is kept, so that
// a test can ask for it.
import { EventEmitter } from 'node:events'
import { join } from 'node:path'

type Handler = (...args: never[]) => unknown

/** What the host handed over. */
export const kept = {
  window: null as { options: Record<string, unknown>; url: string } | null,
  contents: new EventEmitter(),
  openHandler: (_details: { url: string }): { action: string } => ({ action: 'allow' }),
  protocols: new Map<string, (request: Request) => Promise<Response>>(),
  privileged: [] as unknown[],
  permissionRequest: null as Handler | null,
  permissionCheck: null as Handler | null,
  openedOutside: [] as string[],
}

class App extends EventEmitter {
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
  requestSingleInstanceLock(): boolean {
    return process.env['STAND_IN_SECOND'] === undefined
  }
  whenReady(): Promise<void> {
    return Promise.resolve()
  }
  quit(): void {
    let prevented = false
    this.emit('before-quit', { preventDefault: () => (prevented = true) })
    if (!prevented) this.exit(0)
  }
  exit(code: number): void {
    process.exit(code)
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = Object.assign(kept.contents, {
    setWindowOpenHandler: (handler: typeof kept.openHandler) => (kept.openHandler = handler),
  })
  readonly #options: Record<string, unknown>

  constructor(options: Record<string, unknown>) {
    super()
    this.#options = options
  }
  loadURL(url: string): Promise<void> {
    kept.window = { options: this.#options, url }
    process.send?.({ kind: 'window' })
    return Promise.resolve()
  }
}

export const app = new App()
export const ipcMain = new EventEmitter()
export const powerMonitor = new EventEmitter()
export const nativeTheme = { shouldUseDarkColors: false }
export const dialog = { showErrorBox: (title: string, text: string) => process.stderr.write(`${title}: ${text}\n`) }
export const shell = { openExternal: (url: string) => Promise.resolve(kept.openedOutside.push(url)) }
export const screen = { getDisplayMatching: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }) }
export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]) => kept.privileged.push(...schemes),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) => kept.protocols.set(scheme, handler),
}
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: Handler) => (kept.permissionRequest = handler),
    setPermissionCheckHandler: (handler: Handler) => (kept.permissionCheck = handler),
  },
}
