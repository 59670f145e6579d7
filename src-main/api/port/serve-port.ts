import { RPCHandler } from '@orpc/server/message-port'
import type { ApiContext } from '../api-context.ts'
import { createRouter } from '../router.ts'
import { type ApiPort, guardPort } from './guarded-port.ts'

export type { ApiPort } from './guarded-port.ts'

/** Answers the contract over ports: one handler for any number of them. The caller starts and closes each port. */
export function createPortCarrier(): (port: ApiPort, context: ApiContext) => void {
  const handler = new RPCHandler<ApiContext>(createRouter())
  return (port, context) => handler.upgrade(guardPort(port, context.log), { context })
}
