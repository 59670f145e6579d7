import type { z } from 'zod'
import type { EventFilterInput } from '#shared/contract/events.ts'
import type { EventFilter, EventTest } from '#shared/model/filter/meaning/event-filter.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Engine } from '../../engine/engine.ts'

/** What all parts of the input ask together. Throws `AppError`: `not_found` for its source, `invalid_filter` for its filter. */
export function eventFilterOf(
  engine: Engine,
  projectId: ProjectId,
  { filter, q, type, source, capture, verdict, since, until }: z.infer<typeof EventFilterInput>,
): EventFilter {
  const tests: EventTest[] = []
  const add = (test: EventTest) => tests.push(test)
  const negated = false
  if (type) add({ kind: 'type', types: [type], negated })
  if (source) add({ kind: 'source', sourceIds: [engine.sources.resolve(projectId, source).id], negated })
  if (capture) add({ kind: 'capture', captures: [capture], negated })
  if (verdict) add({ kind: 'verdict', verdicts: [verdict], negated })
  if (since || until) add({ kind: 'time', since: parsed(since), until: parsed(until), negated })
  if (q) add({ kind: 'text', text: q, negated })
  return [...tests, ...engine.events.readFilter(projectId, filter ?? '')]
}

function parsed(instant: string | undefined): number | null {
  return instant ? Date.parse(instant) : null
}
