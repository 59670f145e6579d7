import { type Packed, PACKING_IN_PAGE } from '#test/support/packed-message.ts'

/** The name of the isolated world in which Electron runs a preload, and of the function through which it is heard. */
export const WORLD = 'preload'
export const BINDING = 'toMain'

/** What the preload's world tells. */
export type Told =
  | { kind: 'post'; channel: string; message: unknown; ports: string[]; url: string }
  | { kind: 'message'; port: string; data: Packed }

/**
 * A program for the isolated world: it runs the preload in the window's top frame with as much of Electron as a sandboxed
 * preload gets, and keeps the ends of the ports that it posts. The ids of each load are its own.
 */
export function preloadProgram(preload: string): string {
  return `(() => {
    if (window.top !== window) return
    const ports = new Map()
    const load = crypto.randomUUID()
    ${PACKING_IN_PAGE}
    const tell = (told) => ${BINDING}(JSON.stringify(told))
    const keep = (port) => {
      const id = load + '/' + ports.size
      ports.set(id, port)
      port.onmessage = ({ data }) => tell({ kind: 'message', port: id, data: pack(data) })
      return id
    }
    globalThis.fromMain = (id, packed) => ports.get(id)?.postMessage(unpack(packed))
    const ipcRenderer = {
      postMessage: (channel, message, transfer = []) => tell({ kind: 'post', channel, message, ports: transfer.map(keep), url: location.href }),
    }
    const require = (name) => {
      if (name === 'electron') return { ipcRenderer }
      throw new Error('A sandboxed preload cannot require ' + name)
    }
    const module = { exports: {} }
    ;(function (require, module, exports) { ${preload}
    })(require, module, module.exports)
  })()`
}
