import { MessageChannel } from 'node:worker_threads'
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink as HttpRpcLink } from '@orpc/client/fetch'
import { RPCLink as PortRpcLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { createRouterClient } from '@orpc/server'
import { ErrorBody } from '#shared/contract/errors.ts'
import { contract, type Contract } from '#shared/contract/index.ts'
import type { ApiContext } from '#main/api/api-context.ts'
import { ownerCaller } from '#main/engine/engine.ts'
import { createPortCarrier } from '#main/api/port/serve-port.ts'
import { createRouter } from '#main/api/router.ts'
import type { Log } from '#main/engine/ports.ts'
import { type ApiRig, TEST_TOKEN } from '#test/support/api-rig.ts'

export type Client = ContractRouterClient<Contract>

/** One way to reach the contract. */
export interface Carrier {
  client: Client
  close(): void
}

function contextOf(rig: ApiRig, log: Log): ApiContext {
  const { engine, live, info } = rig
  return { engine, live, info, log, actor: ownerCaller('test', null), projectRef: null }
}

function inProcess(rig: ApiRig, log: Log): Carrier {
  return { client: createRouterClient(createRouter(), { context: contextOf(rig, log) }), close: () => {} }
}

const headers = { authorization: `Bearer ${TEST_TOKEN}` }

function httpRpc(rig: ApiRig): Carrier {
  return { client: createORPCClient(new HttpRpcLink({ url: `${rig.origin}/rpc`, headers })), close: () => {} }
}

function rest(rig: ApiRig): Carrier {
  const link = new OpenAPILink(contract, {
    url: `${rig.origin}/api/v1`,
    headers,
    customErrorResponseBodyDecoder(body, { status }) {
      const { code, message, ...data } = ErrorBody.parse(body).error
      return new ORPCError(code, { status, message, data })
    },
  })
  return { client: createORPCClient(link), close: () => {} }
}

function messagePort(rig: ApiRig, log: Log): Carrier {
  const { port1, port2 } = new MessageChannel()
  createPortCarrier()(port1, contextOf(rig, log))
  port1.start()
  const client: Client = createORPCClient(new PortRpcLink({ port: port2 as never }))
  port2.start()
  return { client, close: () => port2.close() }
}

export const CARRIERS: Readonly<Record<string, (rig: ApiRig, log: Log) => Carrier>> = {
  'in process': inProcess,
  'RPC over HTTP': httpRpc,
  'REST by the OpenAPI client': rest,
  'a message port': messagePort,
}
