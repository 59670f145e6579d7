// Runs in the window's isolated world. All it does is open one port between the page and the main process.
import { ipcRenderer } from 'electron'

const CHANNEL = 'hookloop:port'

// The page's module script has run by then, so it listens.
window.addEventListener('DOMContentLoaded', () => {
  const { port1, port2 } = new MessageChannel()
  ipcRenderer.postMessage(CHANNEL, null, [port1])
  window.postMessage(CHANNEL, window.location.origin, [port2])
})
