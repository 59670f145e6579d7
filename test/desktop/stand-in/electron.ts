// As much of Electron's main process as the desktop host uses. Its windows, its user and its system are the test, at the
// other end of the process's channel; see desk/ for that side, and docs/decisions for what this proves and what it cannot.
export { app, autoUpdater, powerMonitor } from './app.ts'
export { safeStorage } from './keychain.ts'
export { net, protocol, session } from './pages.ts'
export { ipcMain } from './ports.ts'
export { dialog, Menu, nativeImage, nativeTheme, Notification, screen, shell, Tray } from './system.ts'
export { BrowserWindow } from './windows.ts'
