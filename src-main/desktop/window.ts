import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme } from 'electron'
import { APP_ORIGIN } from './app-protocol.ts'
import { keepInside } from './restrictions.ts'
import { readBounds, rememberBounds } from './window-bounds.ts'

const PRELOAD = join(app.getAppPath(), 'out/preload/preload.cjs')

/** Opens the one window; it shows itself once its first frame is drawn. */
export function createWindow(): BrowserWindow {
  const window = new BrowserWindow({
    ...readBounds(),
    minWidth: 720,
    minHeight: 480,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#111113' : '#ffffff',
    webPreferences: {
      preload: PRELOAD,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  keepInside(window.webContents)
  rememberBounds(window)
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${APP_ORIGIN}/`)
  return window
}
