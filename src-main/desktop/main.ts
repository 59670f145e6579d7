// The desktop: the same product in Electron's main process, with a window of its own.
import { join } from 'node:path'
import { app, dialog, powerMonitor } from 'electron'
import { findInstallation } from '#main/compose/installation.ts'
import { readSettings } from '#main/compose/settings.ts'
import { explainStartFailure } from '#main/compose/start-error.ts'
import { startOnFreePorts } from '#main/compose/start-on-free-ports.ts'
import { registerAppScheme, serveWindow } from './app-protocol.ts'
import { acceptPorts } from './port-handover.ts'
import { refusePermissions } from './restrictions.ts'
import { createWindow } from './window.ts'

/** How long deliveries in flight may take to end at quit. */
const GRACE_MS = 10_000

// Chromium's profile stays out of the folder that holds the master key.
app.setPath('userData', join(app.getPath('appData'), 'hookloop', 'desktop'))
registerAppScheme()

if (app.requestSingleInstanceLock()) void run()
else app.quit()

async function run(): Promise<void> {
  await app.whenReady()
  const installation = findInstallation()
  const running = await startOnFreePorts({
    ...readSettings(),
    ...installation,
    host: '127.0.0.1',
    port: 4780,
    capturePort: 4781,
  }).catch(refuse)
  if (running === null) return

  refusePermissions()
  serveWindow(installation.uiDirectory)
  acceptPorts((port) => running.connectPort(port))
  let window = createWindow()
  const show = () => {
    if (window.isDestroyed()) window = createWindow()
    else if (window.isMinimized()) window.restore()
    window.focus()
  }
  app.on('second-instance', show)
  app.on('activate', show)
  powerMonitor.on('suspend', () => running.suspend())
  powerMonitor.on('resume', () => running.resume())
  quitGracefully(() => running.stop(GRACE_MS))
}

function refuse(error: unknown): null {
  const words = explainStartFailure(error) ?? (error instanceof Error ? error.message : String(error))
  dialog.showErrorBox('Hookloop cannot start', words)
  app.exit(1)
  return null
}

/** Electron quits only after what is in flight has ended; asking again does not wait. */
function quitGracefully(stop: () => Promise<void>): void {
  let stopping = false
  app.on('before-quit', (event) => {
    if (stopping) return
    stopping = true
    event.preventDefault()
    void stop().finally(() => app.exit(0))
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit())
}
