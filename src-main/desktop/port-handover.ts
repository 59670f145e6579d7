import { ipcMain, type MessagePortMain } from 'electron'
import { APP_ORIGIN } from './app-protocol.ts'

/** Takes the one port that the preload sends at each load; only the window's own top frame may. */
export function acceptPorts(connect: (port: MessagePortMain) => void): void {
  ipcMain.on('hookloop:port', (event) => {
    const frame = event.senderFrame
    const isOwnPage = frame !== null && frame.parent === null && frame.url.startsWith(`${APP_ORIGIN}/`)
    const [port, ...others] = event.ports
    if (!isOwnPage || port === undefined || others.length > 0) {
      for (const refused of event.ports) refused.close()
      return
    }
    connect(port)
    port.start()
  })
}
