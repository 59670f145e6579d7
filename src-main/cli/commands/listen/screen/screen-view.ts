import stringWidth from 'string-width'
import { pad } from '../../../text/table.ts'
import type { Style, View } from '../../../text/view.ts'
import { detailLines } from './details-view.ts'
import { KEYS } from './keys.ts'
import { listHead, listLines } from './list-view.ts'
import { type Link, type ListenState, shown } from './state.ts'

/** What stays the same while it is listened. */
export interface Surroundings {
  captureUrl: string
  forwardTo: string
}

/** Title, addresses, a line of air and the head of the list; below, the footer. */
const AROUND = 5

/** How many lines the list, or the details, have. */
export function innerHeight(rows: number): number {
  return Math.max(1, rows - AROUND)
}

/** The whole terminal, line by line. */
export function screenLines(state: ListenState, around: Surroundings, view: View, rows: number): string[] {
  const height = innerHeight(rows)
  const inner = state.showsKeys ? keyLines() : state.open ? openLines(state, view) : null
  const body =
    inner === null ? listLines(state, view, height) : inner.slice(state.open ? state.scroll : 0).slice(0, height)
  const head = inner === null ? listHead(view) : ''
  const filling = Array.from({ length: Math.max(0, height - body.length) }, () => '')
  return [...headLines(state, around, view), head, ...body, ...filling, footer(state, view)]
}

/** All lines of what is open, shown or not. */
export function openLines(state: ListenState, view: View): string[] {
  const arrival = state.arrivals.find(({ event }) => event.id === state.open?.eventId)
  return arrival === undefined ? [] : detailLines(arrival, state.open?.details ?? null, view)
}

const LINKS: Readonly<Record<Link, [Style, string]>> = {
  opening: ['cyan', '● opening'],
  live: ['green', '● live'],
  cut: ['red', '● cut, trying again'],
}

function headLines(state: ListenState, { captureUrl, forwardTo }: Surroundings, { paint, width }: View): string[] {
  const { endpoint, arrivals, filter } = state
  const link = paint(...LINKS[state.link])
  const paused =
    endpoint.state === 'active' || state.link === 'opening'
      ? ''
      : paint('yellow', `  paused (${endpoint.pausedReason ?? ''}): held, not lost`)
  const counted =
    filter === null
      ? `${arrivals.length} ${arrivals.length === 1 ? 'event' : 'events'}`
      : `${shown(state).length} of ${arrivals.length} for ${filter.text}`
  const title = `${paint('bold', 'Hookloop')}  ${link}${paused}`
  const gap = ' '.repeat(Math.max(2, width - stringWidth(title) - stringWidth(counted)))
  return [`${title}${gap}${counted}`, `${captureUrl} → ${forwardTo}`, '']
}

function keyLines(): string[] {
  return [
    '',
    '  ↑ ↓  j k        one line up or down',
    '  PgUp PgDn       a page',
    '  Home End  g G   the newest, the oldest',
    '  enter           the event: why it failed, attempts, headers, body',
    '  esc             back',
    '  r               send it again',
    '  p               pause forwarding, or let it go on',
    '  f  /            filter, such as: type:order.* state:failed "text"',
    '  q  Ctrl-C       quit: what comes from then on is held',
  ]
}

function footer({ typed, message }: ListenState, { paint, width }: View): string {
  if (typed !== null) return `filter: ${typed}▏`
  if (message !== '') return paint('bold', message)
  return paint('dim', pad(KEYS.map(([key, what]) => `${key} ${what}`).join('   '), width))
}
