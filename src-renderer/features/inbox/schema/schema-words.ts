import type { EventSchemaView } from '#shared/contract/events.ts'
import { plural } from '../../../ui/format/size.ts'

const GOOD = 'border-ok bg-ok/9'
const BAD = 'border-retry bg-retry/9'
const NEUTRAL = 'border-line bg-raise'

const REASONS: Record<NonNullable<EventSchemaView['reason']>, string> = {
  no_type: 'The catalog does not know this type, so nothing says what its events should look like.',
  not_complete: 'Only whole messages are held against the schema of',
  not_json: 'The body is not JSON, as the schema describes it, of',
  too_large: 'Bodies over 256 KiB are not held against the schema of',
}

/** How an event stands to its type’s schema: what is said before the name of the type, and after it. */
export function standingOf({ type, findings, reason }: EventSchemaView): {
  before: string
  after: string
  tone: string
} {
  if (findings === null) return { before: REASONS[reason ?? 'no_type'], after: type === null ? '' : '.', tone: NEUTRAL }
  const breaks = findings.filter((finding) => finding.breaks).length
  const told = findings.length - breaks
  const more = told > 0 ? `${plural(told, 'difference')} more ${told === 1 ? 'does' : 'do'} not break it` : null
  if (breaks > 0) {
    const places = `${plural(breaks, 'place does', 'places do')} not fit`
    return {
      before: 'It no longer fits the schema of',
      after: `: ${[places, more].filter(Boolean).join('; ')}.`,
      tone: BAD,
    }
  }
  const basis = type?.inferred === true ? ' The schema is read off one sample, so fields may well be missing.' : ''
  return { before: 'It fits the schema of', after: more === null ? '.' : `; ${more}.${basis}`, tone: GOOD }
}
