import type { Capture, EventOrigin } from '../../event.ts'
import type { EventId, SourceId } from '../../ids.ts'
import type { Verdict } from '../../verdict.ts'
import type { Comparison, Operand } from '../language/filter-term.ts'
import type { JsonPath } from '../language/json-path.ts'
import type { DeliveryFilter } from './delivery-filter.ts'

/** What an event is asked, with names and times resolved; any of several values will do. */
export type EventTest = { negated: boolean } &
  /** Without regard to case, in what `searchTexts` tells of. */
  (
    | { kind: 'text'; text: string }
    /** Exact, a prefix such as `audit.*`, or `*`. */
    | { kind: 'type'; types: readonly string[] }
    | { kind: 'source'; sourceIds: readonly SourceId[] }
    | { kind: 'provider'; providers: readonly string[] }
    | { kind: 'origin'; origins: readonly EventOrigin[] }
    | { kind: 'capture'; captures: readonly Capture[] }
    | { kind: 'verdict'; verdicts: readonly Verdict['verdict'][] }
    /** That it is one of these. */
    | { kind: 'event'; eventIds: readonly EventId[] }
    /** That it was made by editing one of these. */
    | { kind: 'edited'; eventIds: readonly EventId[] }
    /** When it was received: since inclusive, until exclusive. */
    | { kind: 'time'; since: number | null; until: number | null }
    /** `name` is in lower case; null asks only that it is there. */
    | { kind: 'header'; name: string; value: string | null }
    /** Null asks only that the path leads to something. */
    | { kind: 'json'; path: JsonPath; test: { comparison: Comparison; operand: Operand } | null }
    /** That one of its deliveries fits. */
    | { kind: 'delivery'; filter: DeliveryFilter }
  )

/** An event fits when every test holds; without tests, each does. */
export type EventFilter = readonly EventTest[]

export const ANY_EVENT: EventFilter = []
