import type { IncomingMessage, ServerResponse } from 'node:http'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { RPCHandler } from '@orpc/server/node'
import type { ApiContext } from '../api-context.ts'
import { toErrorBody } from '../errors/api-error.ts'
import type { ApiRouter } from '../router.ts'

export const REST_PREFIX = '/api/v1' as const
export const RPC_PREFIX = '/rpc'
/** Also served at the root: an interface that exists elsewhere under just this address. */
export const ROOT_ROUTE = '/webhooks'

/** How often an idle feed is shown to be alive. */
const KEEP_ALIVE_MS = 5_000

/** Answers a request by the contract; false where it has no such procedure. */
export type Carrier = (request: IncomingMessage, response: ServerResponse, context: ApiContext) => Promise<boolean>

/** Routes below `/api/v1`, and the one at the root. */
export function createRestCarrier(router: ApiRouter): Carrier {
  const handler = new OpenAPIHandler<ApiContext>(router, {
    customErrorResponseBodyEncoder: toErrorBody,
    eventIteratorKeepAliveInterval: KEEP_ALIVE_MS,
    interceptors: [
      async (options) => {
        const result = await options.next(options)
        // Captured bytes are hostile: a browser may keep them but never show them.
        if (result.matched && result.response.body instanceof File) {
          result.response.headers['content-disposition'] = `attachment; filename="${result.response.body.name}"`
        }
        return result
      },
    ],
  })
  return async (request, response, context) => {
    const isRoot = !request.url?.startsWith(REST_PREFIX)
    const options = isRoot ? { context } : { prefix: REST_PREFIX, context }
    return (await handler.handle(request, response, options)).matched
  }
}

export function createRpcCarrier(router: ApiRouter): Carrier {
  const handler = new RPCHandler<ApiContext>(router, { eventIteratorKeepAliveInterval: KEEP_ALIVE_MS })
  return async (request, response, context) =>
    (await handler.handle(request, response, { prefix: RPC_PREFIX, context })).matched
}
