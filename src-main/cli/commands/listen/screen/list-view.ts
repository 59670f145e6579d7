import { plain } from '../../../text/plain.ts'
import { pad } from '../../../text/table.ts'
import type { View } from '../../../text/view.ts'
import { bytes, stateStyle } from '../../../text/words.ts'
import { clock, deliveryWords } from '../../../forwarding/line.ts'
import { type Arrival, type ListenState, selected, shown } from './state.ts'

/** The lines of the list that fit `height`, for `width` columns; the picked one is marked. */
export function listLines(state: ListenState, view: View, height: number): string[] {
  const list = shown(state)
  if (list.length === 0)
    return ['', state.filter === null ? '  Waiting for the first event.' : '  Nothing fits the filter.']
  const widths = columnWidths(view.width)
  const picked = selected(state)?.event.id
  const visible = list.slice(state.scroll, state.scroll + height)
  return visible.map((arrival) => row(arrival, widths, { view, isPicked: arrival.event.id === picked }))
}

export function listHead({ width, paint }: View): string {
  const { type, state } = columnWidths(width)
  return paint('dim', `  TIME      ${pad('TYPE', type)}  VERDICT    ${pad('DELIVERY', state)}       SIZE`)
}

/** What is left of the width goes to the two columns that need it. */
function columnWidths(width: number): { type: number; state: number } {
  const rest = Math.max(24, width - 2 - 10 - 2 - 11 - 11)
  const state = Math.min(44, Math.floor(rest * 0.55))
  return { type: rest - state, state }
}

function row(
  { event, delivery }: Arrival,
  widths: { type: number; state: number },
  how: { view: View; isPicked: boolean },
) {
  const { view, isPicked } = how
  const unpainted = { ...view, paint: (_: unknown, text: string) => text }
  const words = delivery === null ? undelivered(event) : deliveryWords(delivery, unpainted)
  const judged = event.verdict?.verdict ?? ''
  const paint = (name: string, text: string) => {
    const style = isPicked ? undefined : stateStyle(name)
    return style === undefined ? text : view.paint(style, text)
  }
  const repeats = event.repeats > 0 ? ` ×${event.repeats + 1}` : ''
  const cells = [
    `${clock(event.receivedAt)}  ${pad(`${plain(event.type)}${repeats}`, widths.type)}  `,
    `${paint(judged, pad(judged, 9))}  `,
    `${paint(delivery?.state ?? '', pad(words, widths.state))}  `,
    pad(bytes(event.bodySizeBytes), 9, true),
  ].join('')
  return isPicked ? view.paint('inverse', pad(`▸ ${cells}`, view.width)) : `  ${cells}`
}

/** Before the first word of its delivery, or without one. */
function undelivered({ deliveries }: Arrival['event']): string {
  return deliveries.total > 0 ? 'on its way' : 'not forwarded'
}
