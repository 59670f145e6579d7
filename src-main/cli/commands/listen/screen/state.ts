import type { AttemptView, DeliveryView } from '#shared/contract/deliveries.ts'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { EventDetail, EventSummary } from '#shared/contract/events.ts'
import type { ForwardChange } from '../../../forwarding/changes.ts'

/** An event and how its newest delivery stands. */
export interface Arrival {
  event: EventSummary
  delivery: DeliveryView | null
}

/** All that is known of one event. */
export interface Opened {
  event: EventDetail
  /** Its beginning, where it is long. */
  body: Uint8Array
  attempts: readonly AttemptView[]
}

/** How the relay's changes come here. */
export type Link = 'opening' | 'live' | 'cut'

export interface ListenState {
  /** Newest first. */
  arrivals: readonly Arrival[]
  /** Null for the newest, whichever that is. */
  selectedId: string | null
  /** How many lines of the list, or of the details, are above the window. */
  scroll: number
  /** The event whose details are shown, and them once they are known. */
  open: { eventId: string; details: Opened | null } | null
  /** What is shown: all, or those that the relay found for the text. */
  filter: { text: string; matching: ReadonlySet<string> } | null
  /** What is being typed. */
  typed: string | null
  endpoint: EndpointView
  link: Link
  showsKeys: boolean
  /** What was just done, or went wrong. */
  message: string
}

/** More are kept by the relay, and shown by `hookloop events`. */
const MOST_ARRIVALS = 500

export function firstState(endpoint: EndpointView, message = ''): ListenState {
  return {
    arrivals: [],
    selectedId: null,
    scroll: 0,
    open: null,
    filter: null,
    typed: null,
    endpoint,
    link: 'opening',
    showsKeys: false,
    message,
  }
}

export function afterChange(state: ListenState, change: ForwardChange): ListenState {
  switch (change.type) {
    case 'ready':
      return { ...state, link: 'live' }
    case 'link.changed':
      return state
    case 'begun': {
      const { endpoint, notes } = change
      return { ...state, endpoint, message: notes.length === 0 ? state.message : notes.join(' ') }
    }
    case 'endpoint.changed':
      return { ...state, endpoint: change.endpoint }
    case 'event.captured':
      return withArrival(state, change.event)
    case 'event.repeated':
      return withArrivals(state, change.eventId, ({ event, delivery }) => ({
        event: { ...event, repeats: change.repeats },
        delivery,
      }))
    case 'delivery.changed':
      return withArrivals(state, change.delivery.eventId, ({ event, delivery }) => ({
        event,
        delivery: delivery === null || change.delivery.createdAt >= delivery.createdAt ? change.delivery : delivery,
      }))
  }
}

/** Whoever reads further down goes on reading the same lines; at the top, the newest is seen as it comes. */
function withArrival(state: ListenState, event: EventSummary): ListenState {
  const arrivals = [{ event, delivery: null }, ...state.arrivals].slice(0, MOST_ARRIVALS)
  const isBelow = state.open === null && state.scroll > 0
  return { ...state, arrivals, scroll: isBelow ? state.scroll + 1 : state.scroll }
}

function withArrivals(state: ListenState, eventId: string, change: (arrival: Arrival) => Arrival): ListenState {
  const arrivals = state.arrivals.map((each) => (each.event.id === eventId ? change(each) : each))
  return { ...state, arrivals }
}

/** What the list holds now. */
export function shown({ arrivals, filter }: ListenState): readonly Arrival[] {
  return filter === null ? arrivals : arrivals.filter(({ event }) => filter.matching.has(event.id))
}

export function selected(state: ListenState): Arrival | undefined {
  const list = shown(state)
  return list.find(({ event }) => event.id === state.selectedId) ?? list[0]
}

/** One line up or down, or many; `height` is what the window holds. */
export function moved(state: ListenState, by: number, height: number): ListenState {
  const list = shown(state)
  const at = Math.max(
    0,
    list.findIndex(({ event }) => event.id === selected(state)?.event.id),
  )
  const to = Math.min(list.length - 1, Math.max(0, at + by))
  const picked = { ...state, selectedId: to <= 0 ? null : (list[to]?.event.id ?? null), message: '' }
  return inSight(picked, height)
}

/** The picked line stays within the window, whatever came above it. */
export function inSight(state: ListenState, height: number): ListenState {
  if (state.open !== null) return state
  const list = shown(state)
  const at = Math.max(
    0,
    list.findIndex(({ event }) => event.id === selected(state)?.event.id),
  )
  return { ...state, scroll: Math.max(Math.min(state.scroll, at), at - height + 1, 0) }
}

export function scrolled(state: ListenState, by: number, lines: number): ListenState {
  return { ...state, scroll: Math.min(Math.max(0, state.scroll + by), Math.max(0, lines - 1)), message: '' }
}

export function opened(state: ListenState): ListenState {
  const eventId = selected(state)?.event.id
  if (eventId === undefined) return state
  return { ...state, open: { eventId, details: null }, scroll: 0, selectedId: eventId, message: '' }
}

/** Back in the list, where the open one stood. */
export function closed(state: ListenState, height: number): ListenState {
  return moved({ ...state, open: null, scroll: 0 }, 0, height)
}

export function withDetails(state: ListenState, details: Opened): ListenState {
  return state.open?.eventId === details.event.id ? { ...state, open: { ...state.open, details } } : state
}

export function filtered(state: ListenState, filter: ListenState['filter']): ListenState {
  return { ...state, filter, scroll: 0, selectedId: null }
}
