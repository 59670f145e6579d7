import { CircleSlash, type LucideIcon, Moon, PlugZap, Radio, RotateCw, TriangleAlert, WifiOff } from 'lucide-react'
import type { LinkView } from '#shared/contract/links/links.ts'
import type { SubscriptionView } from '#shared/contract/links/subscriptions.ts'
import type { LagView } from '#shared/model/link/frames.ts'
import { plural } from '../../../ui/format/size.ts'
import { formatWait, relativeTime } from '../../../ui/format/time.ts'

export interface Look {
  word: string
  icon: LucideIcon
  /** A text colour class. */
  tone: string
}

/** Only what was heard of a moment ago looks alive. */
export const LINK_LOOKS: Record<LinkView['state'], Look> = {
  live: { word: 'live', icon: Radio, tone: 'text-ok' },
  connecting: { word: 'connecting', icon: PlugZap, tone: 'text-retry' },
  waiting: { word: 'trying again', icon: RotateCw, tone: 'text-retry' },
  stalled: { word: 'stalled', icon: WifiOff, tone: 'text-fail' },
  refused: { word: 'refused', icon: TriangleAlert, tone: 'text-fail' },
  off: { word: 'off', icon: CircleSlash, tone: 'text-muted' },
}

export const SUBSCRIPTION_LOOKS: Record<SubscriptionView['state'], Look> = {
  live: { word: 'live', icon: Radio, tone: 'text-ok' },
  stalled: { word: 'stalled', icon: WifiOff, tone: 'text-fail' },
  away: { word: 'away', icon: Moon, tone: 'text-muted' },
}

/** How far it is behind: `up to date`, `12 events, for 3 min`. */
export function lagWords({ events, isMore, oldestAt }: LagView, nowAt: number): string {
  if (events === 0) return 'up to date'
  const count = isMore ? `more than ${plural(events, 'event')}` : plural(events, 'event')
  return oldestAt === null ? count : `${count}, for ${formatWait(Math.max(0, nowAt - Date.parse(oldestAt)))}`
}

export function agoWords(instant: string | null, nowAt: number, never: string): string {
  return instant === null ? never : relativeTime(instant, nowAt)
}

const CAUSES: Record<NonNullable<SubscriptionView['lastEnd']>['cause'], string> = {
  connection_lost: 'left',
  silent: 'fell silent',
  taken_over: 'was taken over',
  relay_restarted: 'was there when this relay stopped',
  not_acknowledged: 'did not acknowledge',
}

/** Who subscribes, and since when, or how they went. */
export function presenceWords({ subscribers, lastEnd, lastSeenAt }: SubscriptionView, nowAt: number): string {
  if (subscribers.length > 0) {
    return subscribers
      .map(({ name, version, address }) => `${name} (${version}${address === null ? '' : `, ${address}`})`)
      .join(', ')
  }
  if (lastEnd !== null) return `${CAUSES[lastEnd.cause]} ${relativeTime(lastEnd.at, nowAt)}`
  return lastSeenAt === null ? 'was never there' : `last there ${relativeTime(lastSeenAt, nowAt)}`
}

/** How often events went out once more, and why. */
export function repeatWords({ repeats }: SubscriptionView): string {
  const parts = Object.entries(repeats).map(([cause, count]) => `${count} ${cause.replaceAll('_', ' ')}`)
  return parts.length === 0 ? 'none' : parts.join(', ')
}
