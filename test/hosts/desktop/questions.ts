// What the test asks of the desktop under the stand-in, answered over the process's channel.
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { Api } from '#main/cli/connection.ts'
import { app, ipcMain, kept } from './electron.ts'

/** Each takes one text, and answers with something that JSON can carry. */
const QUESTIONS = {
  window: () => ({ ...kept.window, userData: app.getPath('userData'), privileged: kept.privileged }),
  fetch: async (url: string) => {
    const response = await kept.protocols.get('app')?.(new Request(url))
    const policy = response?.headers.get('content-security-policy') ?? null
    return { status: response?.status, type: response?.headers.get('content-type') ?? null, policy }
  },
  navigate: (url: string) => {
    let prevented = false
    kept.contents.emit('will-navigate', { url, preventDefault: () => (prevented = true) })
    return prevented ? 'prevented' : 'allowed'
  },
  open: (url: string) => ({ ...kept.openHandler({ url }), outside: kept.openedOutside }),
  permission: (name: string) => {
    const { permissionRequest, permissionCheck } = kept as unknown as Record<string, (...args: unknown[]) => unknown>
    return new Promise((resolve) => {
      permissionRequest?.(null, name, (granted: boolean) => resolve([granted, permissionCheck?.(null, name)]))
    })
  },
  /** Hands a port over as the preload of a page at `url` does, and asks for the status through it. */
  port: async (url: string) => {
    const { port1, port2 } = new MessageChannel()
    const refused = new Promise((resolve) => port2.once('close', () => resolve('refused')))
    ipcMain.emit('hookloop:port', { senderFrame: { url, parent: null }, ports: [port1] })
    port2.start()
    const client: Api = createORPCClient(new RPCLink({ port: port2 as unknown as globalThis.MessagePort }))
    const answer = client.system.status({}).then(
      ({ mode }) => mode,
      () => 'refused',
    )
    return Promise.race([answer, refused])
  },
} satisfies Record<string, (text: string) => unknown>

export type Question = keyof typeof QUESTIONS

process.on('message', ({ question, text }: { question: Question; text: string }) => {
  void Promise.resolve(QUESTIONS[question](text)).then((answer) => process.send?.({ kind: 'answer', answer }))
})
