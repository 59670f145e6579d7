import { z } from 'zod'
import { DeliveryView } from '#shared/contract/deliveries.ts'
import { EndpointView } from '#shared/contract/endpoints.ts'
import { EventSummary } from '#shared/contract/events.ts'
import { plain } from '../text/plain.ts'
import { stateStyle } from '../text/words.ts'
import { ago, bytes } from '../text/words.ts'
import type { Text, View } from '../text/view.ts'

/** What a command that forwards prints of what happens, one to a line with `--json`. */
export const ChangeLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event.captured'), event: EventSummary }),
  z.object({ type: z.literal('event.repeated'), eventId: z.string(), repeats: z.number() }),
  z.object({ type: z.literal('delivery.changed'), delivery: DeliveryView }),
  z.object({ type: z.literal('endpoint.changed'), endpoint: EndpointView }),
])
export type ChangeLine = z.infer<typeof ChangeLine>

/** The same for a person. */
export function changeText(line: ChangeLine): Text {
  switch (line.type) {
    case 'event.captured':
      return (view) =>
        joined([
          clock(line.event.receivedAt),
          line.event.id,
          plain(line.event.type),
          verdict(line.event, view),
          bytes(line.event.bodySizeBytes),
        ])
    case 'event.repeated':
      return `${line.eventId} came again, ${line.repeats}×`
    case 'delivery.changed':
      return (view) => {
        const { eventId, eventType, updatedAt } = line.delivery
        return joined([clock(updatedAt), eventId, plain(eventType), `→ ${deliveryWords(line.delivery, view)}`])
      }
    case 'endpoint.changed': {
      const { state, pausedReason } = line.endpoint
      return pausedReason === null ? `Forwarding is ${state}.` : `Forwarding is paused (${pausedReason}).`
    }
  }
}

/** How a delivery stands: `200`, `500, again in 4 min`, `refused connection`. */
export function deliveryWords({ state, lastStatus, lastFailure, dueAt, attempts }: DeliveryView, view: View): string {
  const style = stateStyle(state)
  const last = lastStatus === null ? (lastFailure?.replaceAll('_', ' ') ?? '') : String(lastStatus)
  const words = style === undefined ? state : view.paint(style, state)
  if (attempts === 0) return words
  const next = state === 'scheduled' && dueAt !== null ? `again ${ago(dueAt, view.now)}` : ''
  return joined([words, last, next, attempts > 1 ? `attempt ${attempts}` : ''])
}

function verdict({ verdict: found }: EventSummary, { paint }: View): string {
  if (found === null) return ''
  const style = stateStyle(found.verdict)
  return style === undefined ? found.verdict : paint(style, found.verdict)
}

/** The time of day here. */
export function clock(instant: string): string {
  return new Date(instant).toTimeString().slice(0, 8)
}

/** Words of a line, without those that are empty. */
export function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('  ')
}
