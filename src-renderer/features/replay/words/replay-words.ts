import { Ban, Check, Pause, RotateCw, X } from 'lucide-react'
import type { ReplayView } from '#shared/contract/replays.ts'
import type { Look } from '../../../ui/delivery/delivery-words.ts'
import { plural } from '../../../ui/format/size.ts'
import { fullTime } from '../../../ui/format/time.ts'

/** What an endpoint is called; one that is gone has no name any more. */
export type NameOf = (endpointId: string) => string

/** How a replay stands: the worst news first, once it is over. */
export function replayLook({ state, failed, held, waiting }: ReplayView): Look {
  if (state === 'paused') return { word: 'paused', icon: Pause, tone: 'text-held' }
  if (state === 'canceled') return { word: 'canceled', icon: Ban, tone: 'text-muted' }
  if (state === 'running') {
    if (held > 0 && held === waiting) return { word: 'held', icon: Pause, tone: 'text-held' }
    return { word: 'running', icon: RotateCw, tone: 'text-accent' }
  }
  return failed > 0
    ? { word: `${failed.toLocaleString('en-US')} failed`, icon: X, tone: 'text-fail' }
    : { word: 'done', icon: Check, tone: 'text-ok' }
}

/** Which events: `3 chosen events`, `type:audit.* since:2h`, `what Shop did not get`. */
export function selectionWords({ selection }: Pick<ReplayView, 'selection'>, nameOf: NameOf): string {
  if ('eventIds' in selection) return plural(selection.eventIds.length, 'chosen event')
  if ('filter' in selection) return selection.filter === '' ? 'every event' : selection.filter
  return `what ${nameOf(selection.outage.endpointId)} did not get`
}

/** The same in full, for a pane: a sentence without its end. */
export function selectionSentence(replay: Pick<ReplayView, 'selection'>, nameOf: NameOf): string {
  const { selection } = replay
  if ('filter' in selection) return selection.filter === '' ? 'Every event of the project' : 'Events that fit a filter'
  if (!('outage' in selection)) return `${plural(selection.eventIds.length, 'event')}, chosen one by one`
  const { endpointId, since, until } = selection.outage
  return `What ${nameOf(endpointId)} did not get from ${fullTime(since)} to ${fullTime(until)}`
}

/** Where to: `the endpoints that take each`, `Shop, CRM sync`, an address. */
export function targetWords({ target }: Pick<ReplayView, 'target'>, nameOf: NameOf): string {
  if ('url' in target) return target.url
  return 'endpointIds' in target ? target.endpointIds.map(nameOf).join(', ') : 'the endpoints that take each'
}

/** Who signs, in a phrase. */
export function signingWords({ resign, target }: Pick<ReplayView, 'resign' | 'target'>, nameOf: NameOf): string {
  if (!resign) return 'the original one, as it came'
  if (!('url' in target)) return 'signed anew by each endpoint'
  if (target.signAs === 'nobody') return 'nobody signs anew'
  return target.signAs === 'source'
    ? 'signed anew as the sender of each event’s source, where that has a secret'
    : `signed anew as ${nameOf(target.signAs.endpointId)} does`
}

/** Whether it can still be paused or canceled. */
export function isOpen({ state }: Pick<ReplayView, 'state'>): boolean {
  return state === 'running' || state === 'paused'
}
