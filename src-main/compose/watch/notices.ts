import { type Alert, RATE_KINDS } from '#shared/model/alert.ts'
import type { Endpoint, PausedReason } from '#shared/model/endpoint.ts'

/** Something that a person wants to hear of while the window is not looked at. */
export interface Notice {
  title: string
  body: string
  /** The window's route that shows it. */
  place: string
}

const WHY_PAUSED: Readonly<Record<PausedReason, string | null>> = {
  breaker: 'Too many attempts in a row failed. What comes for it is held until you resume it.',
  gone: 'It answered 410 Gone. What comes for it is held until you resume it.',
  locked: 'Its secrets cannot be opened. What comes for it is held until they can.',
  // Whoever paused it knows.
  manual: null,
}

/** Null where nobody needs to be told. */
export function noticeOfPause({ id, pausedReason, version }: Endpoint): Notice | null {
  const body = pausedReason && WHY_PAUSED[pausedReason]
  return body ? { title: `Paused: ${version.config.name}`, body, place: `/endpoints/${id}` } : null
}

export function noticeOfAlert(alert: Alert, is: 'raised' | 'resolved'): Notice {
  const measured = is === 'resolved' ? alert.resolvedBy : alert
  return {
    title: `Alert ${is}: ${alert.name}`,
    body: `${sentenceCase(alert.kind)}${measured === null ? '' : `: ${measuredWords(alert, measured.value)}`}`,
    place: `/alerts/${alert.ruleId}`,
  }
}

function measuredWords({ kind }: Pick<Alert, 'kind'>, value: number | null): string {
  if (value === null) return 'nothing to measure'
  return RATE_KINDS.includes(kind) ? `${value} %` : String(value)
}

function sentenceCase(kind: string): string {
  const words = kind.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
