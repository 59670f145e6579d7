import type { DeliveryState } from '../../delivery.ts'
import type { FailureCode } from '../../failure.ts'
import type { EndpointId, EventId, ReplayId } from '../../ids.ts'
import type { StatusRange } from '../language/filter-term.ts'

/** What one delivery is asked; any of several values will do. */
export type DeliveryTest = { negated: boolean } & (
  | { kind: 'state'; states: readonly DeliveryState[] }
  /** Null stands for a bare URL. */
  | { kind: 'endpoint'; endpointIds: readonly (EndpointId | null)[] }
  /** That some attempt of it was answered so. */
  | { kind: 'status'; statuses: readonly StatusRange[] }
  /** What it failed of last. */
  | { kind: 'reason'; reasons: readonly FailureCode[] }
  /** Its event's type: exact, a prefix such as `audit.*`, or `*`. */
  | { kind: 'type'; types: readonly string[] }
  | { kind: 'event'; eventIds: readonly EventId[] }
  | { kind: 'replay'; replayIds: readonly ReplayId[] }
  /** When it was made: since inclusive, until exclusive. */
  | { kind: 'time'; since: number | null; until: number | null }
)

/** A delivery fits when every test holds. */
export type DeliveryFilter = readonly DeliveryTest[]
