import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { z } from 'zod'
import { contract, type Contract } from '#shared/contract/index.ts'
import { readSession } from '#main/compose/session-file.ts'
import { readSettings } from '#main/compose/settings.ts'
import { withinSilence } from './live/silence.ts'
import { RefusedError, UnreachableError, UsageError } from './exit.ts'

export type Api = ContractRouterClient<Contract>

export interface Target {
  url?: string
  token?: string
  data?: string
  project?: string
}

interface Address {
  /** The API's base, without a slash at its end. */
  api: string
  token: string
}

const ErrorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }),
})

/** Finds the relay and makes a client for it; nothing is asked of it yet. */
export function connect(target: Target, env: NodeJS.ProcessEnv = process.env): Api {
  const { api, token } = findRelay(target, env)
  const link = new OpenAPILink(contract, {
    url: api,
    headers: () => ({
      authorization: `Bearer ${token}`,
      ...(target.project !== undefined && { 'hookloop-project': target.project }),
    }),
    fetch: async (request, init) => {
      try {
        const response = await fetch(request, init)
        const isFeed = response.headers.get('content-type')?.startsWith('text/event-stream')
        return isFeed ? withinSilence(response) : response
      } catch (error) {
        throw new UnreachableError(`Nothing answers at ${api}: is it running?`, { cause: error })
      }
    },
    customErrorResponseBodyDecoder: (body, response) => refusal(body, response.status),
  })
  return createORPCClient(link)
}

/** The relay's own words, carried as the cause of the link's error. */
function refusal(body: unknown, status: number): ORPCError<string, unknown> {
  const parsed = ErrorBody.safeParse(body)
  const { code, message, hint } = parsed.success
    ? parsed.data.error
    : { code: 'unexpected', message: `The relay answered ${status}`, hint: undefined }
  return new ORPCError(code, { status, message, cause: new RefusedError(code, message, hint) })
}

/** By flag or environment, else by what the relay of the data directory left there. */
function findRelay(target: Target, env: NodeJS.ProcessEnv): Address {
  const settings = readSettings({ data: target.data }, env)
  const session = readSession(settings.dataDirectory)
  const given = namedToken(target.token, env)
  const token = given ?? settings.token
  if (target.url === undefined) {
    if (session !== null) return { api: session.api, token: given ?? session.token }
    throw new UnreachableError(
      `No Hookloop runs on ${settings.dataDirectory}: start one with "hookloop serve", or name one with --url and --token.`,
    )
  }
  const named = parseAddress(target.url)
  const known = session !== null && named.api === session.api ? session.token : undefined
  const found = token ?? named.token ?? known
  if (found === undefined) throw new UsageError('Give the relay’s token with --token or HOOKLOOP_TOKEN.')
  return { api: named.api, token: found }
}

/** Its text, or `env:NAME`: a token on the command line stands in the history of the shell. Throws `UsageError`. */
function namedToken(given: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  if (!given?.startsWith('env:')) return given
  const text = env[given.slice(4)]
  if (text) return text
  throw new UsageError(`--token names the variable ${given.slice(4)}, which is not set`)
}

/** Takes the API's base, the bare origin, or the window's address with its token. */
function parseAddress(text: string): { api: string; token: string | undefined } {
  if (!URL.canParse(text)) throw new UsageError(`--url ${text} is no URL: use one such as http://127.0.0.1:4780`)
  const url = new URL(text)
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? undefined
  return { api: `${url.origin}/api/v1`, token }
}

/** Where the relay's API would be reached, without a path; null where none is known. */
export function relayOrigin(target: Target, env: NodeJS.ProcessEnv): string | null {
  const api = target.url ?? readSession(readSettings({ data: target.data }, env).dataDirectory)?.api
  return api === undefined ? null : (URL.parse(api)?.origin ?? null)
}
