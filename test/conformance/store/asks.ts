import type { Capture } from '#shared/model/event.ts'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import type { SourceId } from '#shared/model/ids.ts'
import type { Verdict } from '#shared/model/verdict.ts'

export interface Asked {
  sourceId?: SourceId
  type?: string
  capture?: Capture
  verdict?: Verdict['verdict']
  text?: string
  since?: number
  until?: number
}

/** A filter that asks one thing of each kind that is named. */
export function asks({ sourceId, type, capture, verdict, text, since, until }: Asked): EventFilter {
  const negated = false
  return [
    ...(sourceId === undefined ? [] : [{ kind: 'source', sourceIds: [sourceId], negated } as const]),
    ...(type === undefined ? [] : [{ kind: 'type', types: [type], negated } as const]),
    ...(capture === undefined ? [] : [{ kind: 'capture', captures: [capture], negated } as const]),
    ...(verdict === undefined ? [] : [{ kind: 'verdict', verdicts: [verdict], negated } as const]),
    ...(text === undefined ? [] : [{ kind: 'text', text, negated } as const]),
    ...(since === undefined ? [] : [{ kind: 'time', since, until: null, negated } as const]),
    ...(until === undefined ? [] : [{ kind: 'time', since: null, until, negated } as const]),
  ]
}
