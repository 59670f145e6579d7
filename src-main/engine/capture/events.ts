import { AppError } from '#shared/model/app-error.ts'
import { tallyOf } from '#shared/model/delivery.ts'
import type { EventRecord } from '#shared/model/event.ts'
import { NO_FINDINGS } from '#shared/model/findings.ts'
import { EventId } from '#shared/model/ids.ts'
import type { EventsApi } from '../engine.ts'
import type { Clock, StoredEvent } from '../ports.ts'
import { readEventFilter } from '../filter/read-filter.ts'
import { sha256Hex } from '../signing/digest.ts'
import { checkHeaders } from '../header-rules.ts'
import { appendEvent, endpointsTaking, type AppendDeps } from './append-event.ts'
import { composedEvent } from './composed-event.ts'

/** How long an idempotency key, or the id of an ingested message, is remembered. */
export const IDEMPOTENCY_MS = 24 * 3_600_000

/** What the event's content type says by itself. */
const NAMED_APART: ReadonlySet<string> = new Set(['content-type'])

/** Two uses of a key mean the same when all that makes the event is the same. */
function fingerprint(event: EventRecord): string {
  return sha256Hex(
    new TextEncoder().encode(JSON.stringify([event.type, event.provider, event.headers, event.bodySha256])),
  )
}

export function createEvents(deps: AppendDeps & { clock: Clock }): EventsApi {
  const { store, clock, ids } = deps

  async function get(projectId: EventRecord['projectId'], id: string): Promise<StoredEvent> {
    const parsed = EventId.safeParse(id)
    const found = parsed.success ? await store.get(parsed.data) : null
    if (found?.event.projectId === projectId) return found
    throw new AppError('not_found', `There is no event “${id}” in this project.`)
  }

  return {
    get,
    readFilter: (projectId, text) => readEventFilter(text, { registry: deps.registry, projectId, now: clock.now() }),
    list: (query) => store.list(query),
    countFitting: (query) => store.countFitting(query),
    tallies: (eventIds) => store.tallies(eventIds),
    count: (projectId) => store.count(projectId),

    async body(event) {
      const body = await store.body(event.id)
      if (body) return body
      throw new AppError('not_found', `The body of ${event.id} is gone.`)
    },

    draft: (projectId, input) => composedEvent(input, { id: ids.next('evt'), projectId, receivedAt: clock.now() }),
    takers: (event, body) => endpointsTaking(deps, { event, body }),

    async compose(projectId, input) {
      if (input.headers) checkHeaders(input.headers, { field: 'headers', refused: NAMED_APART })
      const receivedAt = clock.now()
      const event = composedEvent(input, { id: ids.next('evt'), projectId, receivedAt })
      const idempotency =
        input.idempotencyKey === null
          ? null
          : { key: input.idempotencyKey, fingerprint: fingerprint(event), expiresAt: receivedAt + IDEMPOTENCY_MS }
      const appended = await appendEvent(deps, { event, body: input.body, idempotency })
      switch (appended.kind) {
        case 'appended':
          return { event, findings: NO_FINDINGS, tally: tallyOf(appended.deliveries) }
        case 'repeated':
          return get(projectId, appended.eventId)
        case 'dropped':
          return get(projectId, appended.first.id)
        case 'mismatch':
          throw new AppError(
            'idempotency_mismatch',
            'This idempotency key was used with other content in the last 24 hours.',
            {
              field: 'idempotencyKey',
              hint: 'Use a new key for a new event.',
            },
          )
      }
    },
  }
}
