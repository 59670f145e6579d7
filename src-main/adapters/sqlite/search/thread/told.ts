import type { DeliveryFilter } from '#shared/model/filter/meaning/delivery-filter.ts'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import type { Farewell } from '../../threads/end-thread.ts'
import type { Search } from '../searcher.ts'

type Wanted<F> = Omit<Search<F>, 'signal'>

/** What the thread that searches is told. */
export type Asked =
  | { kind: 'events'; id: number; search: Wanted<EventFilter>; limit: number }
  | { kind: 'countEvents'; id: number; search: Wanted<EventFilter>; limit: number }
  | { kind: 'deliveries'; id: number; search: Wanted<DeliveryFilter>; limit: number }
  | { kind: 'callOff'; id: number }
  | { kind: 'stored' }
  | { kind: 'removed'; keys: readonly number[] | null }
  | Farewell

export type Question = Extract<Asked, { id: number; limit: number }>
