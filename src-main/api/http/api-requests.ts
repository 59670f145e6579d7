import type { ServerResponse } from 'node:http'
import { mayDo } from '../../engine/engine.ts'
import type { Clock } from '../../engine/ports.ts'
import type { ReadClient } from '../../listener/client-address.ts'
import { createOpenCalls } from '../access/open-calls.ts'
import type { ApiContext } from '../api-context.ts'
import { createRouter } from '../router.ts'
import { answerJson, type Exchange } from './answer.ts'
import { createAllowedMethods } from './allowed-methods.ts'
import { createAuthorizer } from './authorize.ts'
import { type Carrier, createRestCarrier, createRpcCarrier, REST_PREFIX, ROOT_ROUTE, RPC_PREFIX } from './carriers.ts'
import { GRAPHQL_PATH } from '../graphql/graphql-path.ts'
import { createGraphqlWhenAsked } from '../graphql/graphql-when-asked.ts'
import type { Refusal } from './guard-request.ts'
import { createOpenApiDocument } from './openapi-document.ts'
import { readJsonBody, refuseByHead } from './read-json-body.ts'

export interface ApiRequestsDeps extends Omit<ApiContext, 'actor' | 'projectRef'> {
  token: string
  clock: Clock
  client: ReadClient
  /** Figures for Prometheus; undefined where none are kept. */
  metrics?: (() => Promise<{ contentType: string; text: string }>) | undefined
}

const METRICS_PATH = '/metrics'
const METRICS_SCOPE = 'system:read'

const NOT_METRICS: Refusal = {
  code: 'forbidden',
  message: `This key may not do that: it lacks the scope \`${METRICS_SCOPE}\`.`,
  hint: 'Use a key that has it.',
}

const NO_ROUTE: Refusal = {
  code: 'not_found',
  message: 'There is no such route.',
  hint: `GET ${REST_PREFIX}/openapi.json lists them all.`,
}

/** Answers what is below /api and /rpc; resolves to why not, where it could not. */
export function createApiRequests({ token, clock, client, metrics, ...deps }: ApiRequestsDeps) {
  const { engine, log, info } = deps
  const isTokenLocal = info.mode === 'team'
  const authorize = createAuthorizer({ token, isTokenLocal, admit: engine.keys.admit, clock, log })
  const openCalls = createOpenCalls(clock)
  const router = createRouter()
  const rest = createRestCarrier(router)
  const carriers: readonly [prefix: string, carrier: Carrier][] = [
    [`${REST_PREFIX}/`, rest],
    [`${RPC_PREFIX}/`, createRpcCarrier(router)],
    [ROOT_ROUTE, rest],
    [GRAPHQL_PATH, createGraphqlWhenAsked(router)],
  ]
  const allowedMethods = createAllowedMethods()
  let openApi: ReturnType<typeof createOpenApiDocument> | null = null

  return async (exchange: Exchange, url: URL): Promise<Refusal | null> => {
    const { request, response } = exchange
    const authorized = await authorize({
      authorization: request.headers.authorization,
      query: url.searchParams,
      ...client(request),
    })
    if (authorized.kind === 'refused') return authorized.refusal
    if (url.pathname === METRICS_PATH) {
      if (!metrics) return NO_ROUTE
      if (request.method !== 'GET') return noRoute(['GET'])
      if (!mayDo(authorized.caller, METRICS_SCOPE)) return NOT_METRICS
      return answerText(response, await metrics())
    }
    if (authorized.stands)
      response.on(
        'close',
        openCalls.add(authorized.stands, () => response.destroy()),
      )
    if (url.pathname === `${REST_PREFIX}/openapi.json` && request.method === 'GET') {
      openApi ??= createOpenApiDocument(deps.info.version)
      answerJson(response, 200, await openApi)
      return null
    }
    const carrier = carriers.find(([prefix]) => url.pathname.startsWith(prefix))?.[1]
    if (!carrier) return NO_ROUTE

    const input = await readInput(exchange)
    if (input !== 'read') return input === 'aborted' ? null : input
    const context = {
      ...deps,
      actor: authorized.caller,
      projectRef: projectRef(request.headers, url),
    }
    if (await carrier(request, response, context)) return null
    if (url.pathname === GRAPHQL_PATH) return noRoute(['POST'])
    const prefix = [`${REST_PREFIX}/`, ROOT_ROUTE].find((each) => url.pathname.startsWith(each))
    return noRoute(prefix === undefined ? [] : allowedMethods(url.pathname.replace(REST_PREFIX, '')))
  }
}

function answerText(response: ServerResponse, { contentType, text }: { contentType: string; text: string }): null {
  const body = Buffer.from(text)
  response.writeHead(200, { 'content-type': contentType, 'content-length': body.length })
  response.end(body)
  return null
}

/** Reads the body, where there is one, into `request.body`: what is set there, the carriers do not read again. */
async function readInput(exchange: Exchange): Promise<'read' | 'aborted' | Refusal> {
  const { request, response } = exchange
  const refused = refuseByHead(request)
  if (refused) return refused
  if (exchange.awaitsContinue) response.writeContinue()
  exchange.awaitsContinue = false
  const body = await readJsonBody(request)
  if (body.kind === 'refused') return body.refusal
  if (body.kind === 'aborted') return 'aborted'
  Object.assign(request, { body: body.value })
  return 'read'
}

function noRoute(allowed: readonly string[]): Refusal {
  if (allowed.length === 0) return NO_ROUTE
  const methods = allowed.join(', ')
  return { code: 'method_not_allowed', message: `This route is answered with ${methods} only.`, allow: methods }
}

function projectRef(headers: Exchange['request']['headers'], url: URL): string | null {
  const header = headers['hookloop-project']
  return url.searchParams.get('project') ?? (typeof header === 'string' ? header : null)
}
