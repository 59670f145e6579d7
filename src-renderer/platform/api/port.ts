const PORT_MESSAGE = 'hookloop:port'

/** Calls back with each port that the desktop's preload hands over: one at each load. */
export function awaitPort(onPort: (port: MessagePort) => void): void {
  window.addEventListener('message', (message: MessageEvent<unknown>) => {
    const port = message.ports[0]
    if (message.source !== window || message.data !== PORT_MESSAGE || port === undefined) return
    onPort(port)
    port.start()
  })
}
