import { ipcMain, type MessagePortMain } from 'electron'
import { isOwnPage } from './restrictions.ts'

/** Takes the one port that the preload sends at each load; only the window's own top frame may. */
export function acceptPorts(connect: (port: MessagePortMain) => void): void {
  ipcMain.on('hookloop:port', (event) => {
    const frame = event.senderFrame
    const [port, ...others] = event.ports
    const isOwn = frame !== null && frame.parent === null && isOwnPage(frame.url)
    if (!isOwn || port === undefined || others.length > 0) {
      for (const refused of event.ports) refused.close()
      return
    }
    connect(port)
    port.start()
  })
}
