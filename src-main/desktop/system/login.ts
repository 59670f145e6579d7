import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'

const ARGS = ['--hidden']

/** Whether Hookloop starts, without its window, when the user logs in. */
export interface LaunchAtLogin {
  /** False for a copy that is not installed. */
  isOffered: boolean
  get(): boolean
  set(isOn: boolean): void
}

export function launchAtLogin(): LaunchAtLogin {
  const system = process.platform === 'linux' ? autostartFile() : loginItem()
  return { isOffered: app.isPackaged, ...system }
}

function loginItem(): Omit<LaunchAtLogin, 'isOffered'> {
  return {
    get: () => app.getLoginItemSettings({ args: ARGS }).openAtLogin,
    set: (isOn) => app.setLoginItemSettings({ openAtLogin: isOn, args: ARGS }),
  }
}

/** Linux has no call for it: desktops start what lies in this folder. */
function autostartFile(): Omit<LaunchAtLogin, 'isOffered'> {
  const path = join(app.getPath('appData'), 'autostart', 'hookloop.desktop')
  return {
    get: () => readsAs(path, entry()),
    set(isOn) {
      if (!isOn) return rmSync(path, { force: true })
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, entry())
    },
  }
}

function entry(): string {
  // An AppImage runs from a mount that is another one at each start.
  const program = process.env['APPIMAGE'] ?? process.execPath
  const quoted = `"${program.replaceAll(/["\\`$]/g, String.raw`\$&`).replaceAll('%', '%%')}"`
  return `[Desktop Entry]\nType=Application\nName=Hookloop\nExec=${quoted} ${ARGS.join(' ')}\nX-GNOME-Autostart-enabled=true\n`
}

function readsAs(path: string, text: string): boolean {
  try {
    return readFileSync(path, 'utf8') === text
  } catch {
    return false
  }
}
