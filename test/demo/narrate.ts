import { styleText } from 'node:util'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import type { Member } from './cast.ts'
import { table } from '#main/cli/text/table.ts'
import { draw, viewOf } from '#main/cli/text/view.ts'

/** What the demo has seen, by delivery: its latest view. */
export type Seen = Map<string, DeliveryView>

/** One line for a change worth telling; null for the ones in between. `event` is its name for a reader. */
export function tell(delivery: DeliveryView, before: DeliveryView | undefined, event: string): string | null {
  const { state, attempts, lastStatus, lastFailure, endpointName, dueAt } = delivery
  const answer = lastStatus === null ? (lastFailure ?? 'no answer') : String(lastStatus)
  const what = `${event} → ${endpointName ?? delivery.url}`
  if (before?.state === state && before.attempts === attempts) return null
  switch (state) {
    case 'succeeded':
      return line('green', 'delivered', `${what}: ${answer}${attempts > 1 ? ` at try ${attempts}` : ''}`)
    case 'failed':
      return line('red', 'stopped', `${what}: ${answer}, no further try`)
    case 'held':
      return line('yellow', 'held', `${what}: its endpoint is paused`)
    case 'scheduled':
      return attempts === 0 ? null : line('cyan', 'retry', `${what}: ${answer}, next try ${inSeconds(dueAt)}`)
    case 'canceled':
    case 'delivering':
    case 'simulated':
      return null
  }
}

function inSeconds(dueAt: string | null): string {
  if (dueAt === null) return 'now'
  return `in ${Math.max(0, (Date.parse(dueAt) - Date.now()) / 1000).toFixed(1)} s`
}

function line(colour: 'green' | 'red' | 'yellow' | 'cyan', word: string, text: string): string {
  return `  ${styleText(colour, word.padEnd(9))} ${text}`
}

/** What came of each endpoint's deliveries. */
export function summary(cast: readonly Member[], seen: Seen): string {
  const of = ({ id }: Member) => [...seen.values()].filter((delivery) => delivery.endpointId === id)
  const count = (member: Member, test: (delivery: DeliveryView) => boolean) => String(of(member).filter(test).length)
  const text = table(
    cast,
    [
      { title: 'ENDPOINT', value: (member) => member.name },
      { title: 'POLICY', value: (member) => member.policy },
      { title: 'DELIVERED', value: (member) => count(member, ({ state }) => state === 'succeeded'), right: true },
      { title: 'RETRIED', value: (member) => count(member, ({ attempts }) => attempts > 1), right: true },
      { title: 'STOPPED', value: (member) => count(member, ({ state }) => state === 'failed'), right: true },
      { title: 'HELD', value: (member) => count(member, ({ state }) => state === 'held'), right: true },
      {
        title: 'WAITING',
        value: (member) => count(member, ({ state }) => state === 'scheduled' || state === 'delivering'),
        right: true,
      },
    ],
    'Nothing was sent.',
  )
  return draw(text, viewOf({ env: process.env, now: Date.now }, process.stdout))
}
