import { app, Menu, type MenuItemConstructorOptions } from 'electron'

const isMac = process.platform === 'darwin'

/** The screens that have a key of their own; the rest is two keys away in the window. */
const SCREENS = [
  ['Inbox', '/inbox'],
  ['Deliveries', '/deliveries'],
  ['Dead Letters', '/dead-letters'],
  ['Endpoints', '/endpoints'],
  ['Sources', '/sources'],
  ['Catalog', '/catalog'],
  ['Workflows', '/workflows'],
  ['Alerts', '/alerts'],
  ['Activity', '/activity'],
] as const

interface MenuDeps {
  show(place: string): void
  /** What can be chosen about the app itself. */
  choices: readonly MenuItemConstructorOptions[]
  showData(): void
}

/** The application's menu. Keys without a modifier belong to the window, which lists them under `?`. */
export function showMenu(deps: MenuDeps): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(deps)))
}

function template({ show, choices, showData }: MenuDeps): MenuItemConstructorOptions[] {
  const settings = { label: 'Settings…', accelerator: 'CmdOrCtrl+,', click: () => show('/settings') }
  const data = { label: 'Show Data Folder', click: showData }
  const appMenu: MenuItemConstructorOptions = {
    label: app.name,
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      ...choices,
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  }
  const fileMenu: MenuItemConstructorOptions = {
    label: 'File',
    submenu: isMac
      ? [data, { type: 'separator' }, { role: 'close' }]
      : [settings, ...choices, { type: 'separator' }, data, { type: 'separator' }, { role: 'close' }, { role: 'quit' }],
  }
  return [
    ...(isMac ? [appMenu] : []),
    fileMenu,
    { role: 'editMenu' },
    viewMenu(),
    {
      label: 'Go',
      submenu: SCREENS.map(([label, place], index) => ({
        label,
        accelerator: `CmdOrCtrl+${index + 1}`,
        click: () => show(place),
      })),
    },
    { role: 'windowMenu' },
    ...(isMac ? [] : [{ role: 'help' as const, submenu: [{ role: 'about' as const }] }]),
  ]
}

function viewMenu(): MenuItemConstructorOptions {
  const forDevelopers: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { role: 'toggleDevTools' },
    { type: 'separator' },
  ]
  return {
    label: 'View',
    submenu: [
      ...(app.isPackaged ? [] : forDevelopers),
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  }
}
