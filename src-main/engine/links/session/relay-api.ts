import { z } from 'zod'
import type { EventId } from '#shared/model/ids.ts'
import type { Link } from '#shared/model/link/link.ts'
import type { Outcome } from '#shared/model/link/outcome.ts'
import { LINK_PROTOCOL } from '#shared/model/link/subscription.ts'
import type { RelayAnswer, RelaySession } from '../../ports.ts'
import { LinkProblemError, type LinkProblem } from './link-problem.ts'

const API = '/api/v1'
/** A longer answer than this is none of a relay's. */
const MOST_ANSWER_BYTES = 1024 * 1024

const Subscribed = z.object({ id: z.string() })
const Refusal = z.object({
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }),
})
const Document = z.object({ info: z.object({ version: z.string() }) })

export interface RelayApiDeps {
  session: RelaySession
  link: Link
  key: string
  /** Of this program. */
  version: string
  /** The relay itself answered, whatever it said. */
  onHeard(): void
}

/** The calls of a relay's API that a link makes. Each rejects with `LinkProblemError`, or as the session does. */
export interface RelayApi {
  /** Resolves to the subscription's id. */
  subscribe(signal: AbortSignal): Promise<string>
  /** The stream of frames, as bytes. */
  follow(id: string, window: number, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>
  acknowledge(
    id: string,
    input: { connection: string; eventIds: readonly EventId[] },
    signal: AbortSignal,
  ): Promise<void>
  body(
    id: string,
    input: { connection: string; eventId: EventId; mostBytes: number },
    signal: AbortSignal,
  ): Promise<Uint8Array>
  report(id: string, outcomes: readonly Outcome[], signal: AbortSignal): Promise<void>
}

export function createRelayApi({ session, link, key, version, onHeard }: RelayApiDeps): RelayApi {
  const headers = {
    authorization: `Bearer ${key}`,
    accept: 'application/json, text/event-stream',
    'user-agent': `Hookloop/${version}`,
    ...(link.remoteProject !== null && { 'hookloop-project': link.remoteProject }),
  }
  const subscriber: Record<string, string> = link.group === null ? {} : { subscriber: link.subscriber }

  async function get(path: string, signal: AbortSignal): Promise<RelayAnswer> {
    return session.call({ method: 'GET', path: API + path, headers, body: null }, signal)
  }

  async function post(path: string, value: unknown, signal: AbortSignal): Promise<RelayAnswer> {
    const body = JSON.stringify(value)
    return session.call(
      { method: 'POST', path: API + path, headers: { ...headers, 'content-type': 'application/json' }, body },
      signal,
    )
  }

  async function answered(answer: RelayAnswer, signal: AbortSignal): Promise<RelayAnswer> {
    if (answer.status >= 200 && answer.status < 300) return answer
    throw new LinkProblemError(await refusalOf(answer, signal))
  }

  async function refusalOf(answer: RelayAnswer, signal: AbortSignal): Promise<LinkProblem> {
    const refusal = Refusal.safeParse(parsed(await textOf(answer)))
    if (!refusal.success) return answer.status >= 500 ? behind(link, answer.status) : strange(link, answer.status)
    onHeard()
    const { code, message, hint = null } = refusal.data.error
    if (code === 'not_found' && /no such route/i.test(message)) return tooOld(link, await versionOf(signal))
    const reason = `The relay refuses: ${message}`
    const seconds = Number(answer.headers['retry-after'])
    const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined
    const passes = answer.status === 429 || answer.status >= 500 || code === 'connection_over'
    return { kind: passes ? 'waiting' : 'refused', reason, hint, retryAfterMs }
  }

  async function versionOf(signal: AbortSignal): Promise<string | null> {
    const document = Document.safeParse(parsed(await textOf(await get('/openapi.json', signal))))
    return document.success ? document.data.info.version : null
  }

  return {
    async subscribe(signal) {
      const { remoteSource: source, group, filter, start } = link
      const input = {
        source,
        name: group ?? link.subscriber,
        isGroup: group !== null,
        ...(filter !== null && { filter }),
        start: start.kind === 'since' ? new Date(start.at).toISOString() : start.kind,
        version,
        protocol: LINK_PROTOCOL,
      }
      const answer = await answered(await post('/subscriptions', input, signal), signal)
      const subscribed = Subscribed.safeParse(parsed(await textOf(answer)))
      if (!subscribed.success) throw new LinkProblemError(strange(link, answer.status))
      return subscribed.data.id
    },

    async follow(id, window, signal) {
      const query = new URLSearchParams({
        ...subscriber,
        window: String(window),
        version,
        protocol: String(LINK_PROTOCOL),
      })
      const answer = await answered(await get(`/subscriptions/${id}/events?${query}`, signal), signal)
      if (answer.headers['content-type']?.startsWith('text/event-stream') !== true) {
        throw new LinkProblemError(strange(link, answer.status))
      }
      return answer.body
    },

    async acknowledge(id, input, signal) {
      await textOf(await answered(await post(`/subscriptions/${id}/acknowledge`, input, signal), signal))
    },

    async body(id, { connection, eventId, mostBytes }, signal) {
      const query = new URLSearchParams({ connection })
      const path = `/subscriptions/${id}/events/${eventId}/body?${query}`
      return bytesOf(await answered(await get(path, signal), signal), mostBytes)
    },

    async report(id, outcomes, signal) {
      const input = { ...subscriber, outcomes }
      await textOf(await answered(await post(`/subscriptions/${id}/outcomes`, input, signal), signal))
    },
  }
}

function strange({ url }: Link, status: number): LinkProblem {
  return {
    kind: 'refused',
    reason: `What answers at ${url} (with ${status}) is no Hookloop relay, or a proxy in front of one.`,
    hint: 'Give the address of the relay’s window, not that of its capture port.',
  }
}

/** As a proxy answers for a relay that is being started anew. */
function behind({ url }: Link, status: number): LinkProblem {
  return { kind: 'waiting', reason: `What stands in front of ${url} answers ${status} in its place.`, hint: null }
}

function tooOld({ url }: Link, version: string | null): LinkProblem {
  return {
    kind: 'refused',
    reason: `${url} runs Hookloop ${version ?? 'of an older version'}, which nobody can subscribe to yet.`,
    hint: 'Update Hookloop on the relay.',
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function textOf(answer: RelayAnswer): Promise<string> {
  return new TextDecoder().decode(await bytesOf(answer, MOST_ANSWER_BYTES))
}

async function bytesOf({ body }: RelayAnswer, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > most) throw new LinkProblemError({ kind: 'waiting', reason: 'The relay answered too much.', hint: null })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
