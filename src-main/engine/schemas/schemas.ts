import type { EventRecord } from '#shared/model/event.ts'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import type { EventId, ProjectId } from '#shared/model/ids.ts'
import type { JsonSchema } from '#shared/model/own-event-type.ts'
import type { DriftFinding } from '#shared/model/schema/drift.ts'
import type { EventsApi } from '../engine.ts'
import { createDriftWatch, type DriftWatchDeps } from './drift-watch.ts'
import { findDrift } from './find-drift.ts'
import { inferFromSamples } from './infer-samples.ts'
import { JUDGED_BYTES, readJson } from './read-json.ts'
import { createTypeSchemas, type KnownType } from './type-schemas.ts'
import type { Catalog } from '../catalog/catalog.ts'

/** How an event stands to the schema of its type; `type` is null where the catalog does not know one. */
export interface EventSchema {
  known: KnownType | null
  schema: JsonSchema | null
  /** Null where it cannot be judged, for the reason given. */
  findings: readonly DriftFinding[] | null
  reason: 'no_type' | 'not_complete' | 'not_json' | 'too_large' | null
}

export interface InferredSchema {
  schema: JsonSchema
  /** How many bodies it was read off. */
  samples: number
  /** How many were left out: no JSON, or too large. */
  leftOut: number
  /** The newest of them; null where there is none. */
  newest: unknown
}

export interface SchemasApi {
  ofEvent(event: EventRecord): Promise<EventSchema>
  /** The same of an event that is not stored. */
  judge(event: EventRecord, body: Uint8Array): EventSchema
  /** Reads the schema of a type off the newest `limit` events of it. */
  infer(query: { projectId: ProjectId; type: string; provider: string | null; limit: number }): Promise<InferredSchema>
  /** Those of these events that do not fit, and at how many places. */
  drifts(eventIds: readonly EventId[]): Promise<ReadonlyMap<EventId, number>>
  start(): Promise<void>
  stop(): Promise<void>
}

/** All bodies that are read for one schema. */
const READ_BYTES = 8 * 1024 * 1024

export function createSchemas(
  deps: Omit<DriftWatchDeps, 'schemas' | 'events'> & {
    catalog: Catalog
    events: EventsApi
    bodies: DriftWatchDeps['events']
  },
): SchemasApi {
  const { store, events, clock } = deps
  const schemas = createTypeSchemas(deps.catalog)
  const watch = createDriftWatch({ ...deps, events: deps.bodies, schemas })
  const breathe = () => new Promise<void>((resolve) => void clock.after(0, resolve))
  let unsubscribe = () => {}

  /** Why an event cannot be judged, whatever its body says; null where it can. */
  function unjudged(event: EventRecord): EventSchema | null {
    const known = schemas.typeOf(event)
    if (!known) return { known, schema: null, findings: null, reason: 'no_type' }
    const { schema } = schemas.schemaOf(known.type)
    if (event.capture !== 'complete') return { known, schema, findings: null, reason: 'not_complete' }
    return event.bodySizeBytes > JUDGED_BYTES ? { known, schema, findings: null, reason: 'too_large' } : null
  }

  function judge(event: EventRecord, body: Uint8Array): EventSchema {
    const known = schemas.typeOf(event)
    if (!known) return { known, schema: null, findings: null, reason: 'no_type' }
    const held = schemas.schemaOf(known.type)
    const value = readJson(body)
    if (value === undefined) return { known, schema: held.schema, findings: null, reason: 'not_json' }
    return { known, schema: held.schema, findings: findDrift(held, value), reason: null }
  }

  return {
    async ofEvent(event) {
      return unjudged(event) ?? judge(event, await events.body(event))
    },
    judge: (event, body) => unjudged(event) ?? judge(event, body),

    async infer({ projectId, type, provider, limit }) {
      const filter: EventFilter = [
        { negated: false, kind: 'type', types: [type] },
        { negated: false, kind: 'capture', captures: ['complete'] },
        ...(provider === null ? [] : [{ negated: false, kind: 'provider' as const, providers: [provider] }]),
      ]
      const page = await events.list({ projectId, filter, limit, cursor: null })
      const samples: unknown[] = []
      let leftOut = 0
      let readBytes = 0
      for (const { event } of page.items) {
        readBytes += event.bodySizeBytes
        const isRead = event.bodySizeBytes <= JUDGED_BYTES && readBytes <= READ_BYTES
        const value = isRead ? readJson(await events.body(event)) : undefined
        if (value === undefined) leftOut += 1
        else samples.push(value)
        await breathe()
      }
      return { schema: inferFromSamples(samples), samples: samples.length, leftOut, newest: samples[0] ?? null }
    },

    drifts: (eventIds) => store.marksOf(eventIds),

    async start() {
      await watch.start()
      unsubscribe = deps.changes.subscribe((change) => {
        if (change.type === 'catalog.changed' && change.eventType !== undefined)
          void watch.judgeAgain(change.projectId, change.eventType)
      })
    },

    async stop() {
      unsubscribe()
      await watch.stop()
    },
  }
}
