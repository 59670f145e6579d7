import { z } from 'zod'
import { LinkView } from '#shared/contract/links/links.ts'
import { ChangeLine, changeText, clock, joined } from '../../forwarding/line.ts'
import { plain } from '../../text/plain.ts'
import type { Style, Text, View } from '../../text/view.ts'
import { ago, span } from '../../text/words.ts'

/** What `connect --json` prints, one to a line. */
export const ConnectLine = z.union([
  z.object({
    type: z.literal('connecting'),
    url: z.string(),
    remoteSource: z.string(),
    subscriber: z.string(),
    group: z.string().nullable(),
    forwardTo: z.string(),
    linkId: z.string(),
    endpointId: z.string(),
    relay: z.enum(['started', 'running']).describe('Whether the Hookloop of this machine ran already.'),
  }),
  z.object({ type: z.literal('link.changed'), link: LinkView }),
  ChangeLine,
])
export type ConnectLine = z.infer<typeof ConnectLine>

/** The same for a person. */
export function lineText(line: ConnectLine): Text {
  if (line.type === 'connecting') {
    const { url, remoteSource, subscriber, group, forwardTo } = line
    const who =
      group === null ? `as “${plain(subscriber)}”` : `as “${plain(subscriber)}” of the group “${plain(group)}”`
    return `${url} ${plain(remoteSource)} → ${forwardTo}, ${who}`
  }
  if (line.type !== 'link.changed') return changeText(line)
  const { link } = line
  return (view) =>
    joined([
      clock(link.since),
      `link ${view.paint(STYLES[link.state], link.state)}`,
      link.state === 'live' ? `Hookloop ${plain(link.relayVersion ?? '')}` : plain(link.reason ?? ''),
      link.state === 'live' ? '' : plain(link.hint ?? ''),
      link.nextTryAt === null ? '' : `again ${ago(link.nextTryAt, view.now)}`,
    ])
}

const STYLES: Readonly<Record<LinkView['state'], Style>> = {
  live: 'green',
  connecting: 'cyan',
  waiting: 'yellow',
  stalled: 'red',
  refused: 'red',
  off: 'dim',
}

/** How it stands, for a line that is written over: `● live · 3 events behind, for 12 s · last event 4 s ago`. */
export function standingText({ state, lag, lastHeardAt }: LinkView, { now, paint }: View): string {
  const mark = `${paint(STYLES[state], '●')} ${state}`
  if (state !== 'live') return lastHeardAt === null ? mark : `${mark} · relay heard ${ago(lastHeardAt, now)}`
  if (lag === null) return mark
  const age = lag.lastEventAt === null ? 'no event yet' : `last event ${ago(lag.lastEventAt, now)}`
  const missed = lag.missed === 0 ? [] : [paint('red', `${lag.missed} deleted before they came`)]
  return [mark, lagWords(lag, now), age, ...missed].join(' · ')
}

function lagWords({ events, isMore, oldestAt }: NonNullable<LinkView['lag']>, now: number): string {
  if (events === 0) return 'up to date'
  const count = `${events}${isMore ? '+' : ''} ${events === 1 ? 'event' : 'events'} behind`
  return oldestAt === null ? count : `${count}, for ${span(Math.max(0, now - Date.parse(oldestAt)))}`
}
