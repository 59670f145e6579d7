import type { MessagePort } from 'node:worker_threads'
import { RPCHandler } from '@orpc/server/message-port'
import type { ApiContext } from '../api-context.ts'
import { createRouter } from '../router.ts'

/** A port as Node's worker threads or Electron's main process know it. */
export type ApiPort = Parameters<RPCHandler<ApiContext>['upgrade']>[0] | MessagePort

/** Answers the contract over ports: one handler for any number of them. The caller starts and closes each port. */
export function createPortCarrier(): (port: ApiPort, context: ApiContext) => void {
  const handler = new RPCHandler<ApiContext>(createRouter())
  return (port, context) => handler.upgrade(port as Parameters<typeof handler.upgrade>[0], { context })
}
