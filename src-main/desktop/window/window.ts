import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, type Rectangle, screen } from 'electron'
import type { DeskMemory } from '../system/desk-memory.ts'

const PRELOAD = join(app.getAppPath(), 'out/preload/preload.cjs')
const DEFAULT_SIZE = { width: 1280, height: 800 }

/** A window where and as large as the last one was. It shows itself once its first frame is drawn, if it `isWanted` then. */
export function createWindow(memory: DeskMemory, isWanted: () => boolean): BrowserWindow {
  const { bounds, isMaximized, zoomLevel } = memory.get()
  const window = new BrowserWindow({
    ...(bounds !== null && isInSight(bounds) ? bounds : DEFAULT_SIZE),
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Hookloop',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#111113' : '#ffffff',
    webPreferences: {
      preload: PRELOAD,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  window.once('ready-to-show', () => {
    if (!isWanted()) return
    if (isMaximized) window.maximize()
    window.show()
  })
  window.webContents.once('did-finish-load', () => window.webContents.setZoomLevel(zoomLevel))
  remember(window, memory)
  return window
}

/** Unless no display shows that place any more. */
function isInSight(bounds: Rectangle): boolean {
  const area = screen.getDisplayMatching(bounds).workArea
  return bounds.x < area.x + area.width && bounds.x + bounds.width > area.x && bounds.y >= area.y
}

function remember(window: BrowserWindow, memory: DeskMemory): void {
  window.on('close', () =>
    memory.set({
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
      zoomLevel: window.webContents.getZoomLevel(),
    }),
  )
}
