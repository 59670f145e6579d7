import { EventEmitter } from 'node:events'
import { app, Preventable } from './app.ts'
import { answers, ask, tell } from './desk-line.ts'

const windows = new Map<number, BrowserWindow>()

/** Bound to its page, which the desk shows. */
class WebContents extends EventEmitter {
  readonly id: number
  url = ''
  zoomLevel = 0
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })

  constructor(id: number) {
    super()
    this.id = id
  }
  getURL(): string {
    return this.url
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }
  getZoomLevel(): number {
    return this.zoomLevel
  }
  setZoomLevel(level: number): void {
    this.zoomLevel = level
  }
  reload(): void {
    tell('window.reload', this.id)
  }
}

export class BrowserWindow extends EventEmitter {
  static #made = 0
  readonly options: Record<string, unknown>
  readonly webContents: WebContents
  #bounds: Record<string, unknown>
  #isVisible = false
  #isFocused = false
  #isMaximized = false
  #isDestroyed = false

  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    const { x = 0, y = 0, width, height } = options
    this.#bounds = { x, y, width, height }
    this.webContents = new WebContents(++BrowserWindow.#made)
    windows.set(this.webContents.id, this)
    app.windows.add(this)
    app.emit('web-contents-created', new Preventable(), this.webContents)
    tell('window.create', this.webContents.id, JSON.parse(JSON.stringify(options)) as unknown)
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.url = url
    const isFirst = await ask<boolean>('window.load', this.webContents.id, url)
    this.webContents.emit('did-finish-load')
    if (isFirst) this.emit('ready-to-show')
  }
  show(): void {
    this.#isVisible = true
    tell('window.show', this.webContents.id)
    this.emit('show')
    this.focus()
  }
  hide(): void {
    this.#isVisible = false
    this.blur()
    this.emit('hide')
  }
  focus(): void {
    if (this.#isFocused) return
    this.#isFocused = true
    this.emit('focus')
  }
  blur(): void {
    this.#isFocused = false
    this.emit('blur')
  }
  close(): void {
    const event = new Preventable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }
  destroy(): void {
    this.#isDestroyed = true
    windows.delete(this.webContents.id)
    app.windows.delete(this)
    tell('window.destroy', this.webContents.id)
    this.emit('closed')
    if (app.windows.size === 0) app.emit('window-all-closed')
  }
  maximize(): void {
    this.#isMaximized = true
  }
  restore(): void {}
  isVisible = (): boolean => this.#isVisible
  isFocused = (): boolean => this.#isFocused
  isMinimized = (): boolean => false
  isMaximized = (): boolean => this.#isMaximized
  isDestroyed = (): boolean => this.#isDestroyed
  getNormalBounds = (): Record<string, unknown> => this.#bounds
  setBounds(bounds: Record<string, unknown>): void {
    this.#bounds = bounds
  }
}

function windowOf(id: number): BrowserWindow {
  const window = windows.get(id)
  if (window === undefined) throw new Error(`There is no window ${id}`)
  return window
}

/** Whether the host let it happen. */
function allows(emitter: EventEmitter, event: string, details: object): boolean {
  const preventable = Object.assign(new Preventable(), details)
  emitter.emit(event, preventable)
  return !preventable.defaultPrevented
}

answers({
  windows: () =>
    [...windows.values()].map((window) => ({
      id: window.webContents.id,
      options: JSON.parse(JSON.stringify(window.options)) as unknown,
      url: window.webContents.url,
      isVisible: window.isVisible(),
      isFocused: window.isFocused(),
    })),
  navigate: (id: number, url: string) => allows(windowOf(id).webContents, 'will-navigate', { url }),
  redirect: (id: number, url: string) => allows(windowOf(id).webContents, 'will-redirect', { url }),
  navigateFrame: (id: number, url: string) => allows(windowOf(id).webContents, 'will-frame-navigate', { url }),
  attachWebview: (id: number) => allows(windowOf(id).webContents, 'will-attach-webview', {}),
  open: (id: number, url: string) => windowOf(id).webContents.openHandler({ url }).action,
  closeWindow: (id: number) => windowOf(id).close(),
  blurWindow: (id: number) => windowOf(id).blur(),
  focusWindow: (id: number) => windowOf(id).focus(),
  moveWindow: (id: number, bounds: Record<string, unknown>) => windowOf(id).setBounds(bounds),
  zoomWindow: (id: number, level: number) => windowOf(id).webContents.setZoomLevel(level),
  rendererGone: (id: number, reason: string) =>
    void windowOf(id).webContents.emit('render-process-gone', new Preventable(), { reason, exitCode: 1 }),
  activate: () => void app.emit('activate', new Preventable(), false),
})
