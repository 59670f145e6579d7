// The desktop: the same product in Electron's main process, with a window of its own.
import { join } from 'node:path'
import { app } from 'electron'
import { registerAppScheme } from './page/app-protocol.ts'
import { runDesk } from './desk.ts'
import { acceptsSwitches } from './system/command-line.ts'
import { receiveDeepLinks } from './system/deep-links.ts'

// Chromium's profile stays out of the folder that holds the master key.
app.setPath('userData', join(app.getPath('appData'), 'hookloop', 'desktop'))
app.enableSandbox()
registerAppScheme()

if (!acceptsSwitches(process.argv)) app.exit(1)
else {
  const links = receiveDeepLinks(process.argv)
  // The first instance hears of this one, with its link if it has one.
  if (app.requestSingleInstanceLock()) void app.whenReady().then(() => runDesk(links))
  else app.quit()
}
