// What the system shows outside of windows: the menu, the tray, notifications, boxes, and the keychain.
import { EventEmitter } from 'node:events'
import { answers, ask, tell } from './desk-line.ts'

interface Item {
  label?: string
  role?: string
  type?: string
  checked?: boolean
  accelerator?: string
  enabled?: boolean
  submenu?: Item[]
  click?: (item: Item) => void
}

export class Menu {
  static application: Menu | null = null
  readonly items: readonly Item[]

  constructor(items: readonly Item[]) {
    this.items = items
  }
  static buildFromTemplate(items: readonly Item[]): Menu {
    return new Menu(items)
  }
  static setApplicationMenu(menu: Menu): void {
    Menu.application = menu
  }
}

function find(items: readonly Item[], [name, ...rest]: readonly string[]): Item {
  const item = items.find(({ label, role }) => label === name || role === name)
  if (item === undefined)
    throw new Error(`No “${name}” among ${items.map(({ label, role }) => label ?? role).join(', ')}`)
  return rest.length === 0 ? item : find(item.submenu ?? [], rest)
}

function choose(menu: Menu | null, path: readonly string[]): void {
  const item = find(menu?.items ?? [], path)
  if (item.type === 'checkbox') item.checked = !item.checked
  item.click?.(item)
}

/** Without what cannot be told over a wire. */
function shown(items: readonly Item[]): unknown {
  return items.map(({ submenu, ...item }) => ({ ...item, click: null, ...(submenu && { submenu: shown(submenu) }) }))
}

export class Tray extends EventEmitter {
  static current: Tray | null = null
  image: NativeImage
  toolTip = ''
  title = ''
  menu: Menu | null = null

  constructor(image: NativeImage) {
    super()
    this.image = image
    Tray.current = this
  }
  setImage(image: NativeImage): void {
    this.image = image
  }
  setToolTip(text: string): void {
    this.toolTip = text
    tell('tray', text)
  }
  setTitle(text: string): void {
    this.title = text
  }
  setContextMenu(menu: Menu): void {
    this.menu = menu
  }
}

interface NativeImage {
  path: string
}
export const nativeImage = { createFromPath: (path: string): NativeImage => ({ path }) }

const notifications: Notification[] = []

export class Notification extends EventEmitter {
  static isSupported = (): boolean => true
  readonly options: { title: string; body: string }

  constructor(options: { title: string; body: string }) {
    super()
    this.options = options
  }
  show(): void {
    notifications.push(this)
    tell('notification', this.options)
  }
}

export const nativeTheme = { shouldUseDarkColors: false }
export const screen = { getDisplayMatching: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }) }
export const dialog = {
  showErrorBox: (title: string, text: string) => void process.stderr.write(`${title}: ${text}\n`),
  showMessageBox: async (options: object) => ({ response: await ask<number>('box', options), checkboxChecked: false }),
}
export const shell = {
  openExternal: async (url: string) => tell('outside', url),
  openPath: async (path: string) => {
    tell('outside', path)
    return ''
  },
}

answers({
  menu: () => shown(Menu.application?.items ?? []),
  chooseMenu: (...path: string[]) => choose(Menu.application, path),
  tray: () => {
    const { image, toolTip, title, menu } = Tray.current!
    return { image: image.path, toolTip, title, menu: shown(menu?.items ?? []) }
  },
  clickTray: () => void Tray.current?.emit('click'),
  chooseTray: (...path: string[]) => choose(Tray.current?.menu ?? null, path),
  clickNotification: (index: number) => void notifications.at(index)?.emit('click', {}),
})
