import type { EventVerdict, Findings } from '#shared/model/findings.ts'
import { isReadOf } from '../marks/read-mark-store.ts'

export interface FindingsRow extends Omit<Findings, 'verdict' | 'isRead'> {
  verdict: EventVerdict['verdict'] | null
  reason: EventVerdict['reason']
  skewSeconds: number | null
  verdictProvider: string | null
  isRead: number
}

/** Of the event `e`, its verdict `v` and its message `m`, as the joins below name them. */
export const FINDINGS_COLUMNS = `
  v.verdict, v.reason, v.skew_seconds AS skewSeconds, v.provider AS verdictProvider, m.message_id AS messageId,
  (SELECT id FROM events WHERE key = m.first_key) AS duplicateOf, coalesce(m.repeats, 0) AS repeats,
  ${isReadOf('e')} AS isRead`

export const VERDICT_JOIN = 'LEFT JOIN verdicts v ON v.event_key = e.key'
export const MESSAGE_JOIN = 'LEFT JOIN messages m ON m.event_key = e.key'

/** Parts what was found from the rest of a row. */
export function splitFindings<R extends FindingsRow>(row: R): { findings: Findings; rest: Omit<R, keyof FindingsRow> } {
  const { verdict, reason, skewSeconds, verdictProvider, messageId, duplicateOf, repeats, isRead, ...rest } = row
  const judged = verdictOf({ verdict, reason, skewSeconds, verdictProvider })
  return { findings: { verdict: judged, messageId, duplicateOf, repeats, isRead: isRead === 1 }, rest }
}

type VerdictRow = Pick<FindingsRow, 'verdict' | 'reason' | 'skewSeconds' | 'verdictProvider'>

function verdictOf({ verdict, reason, skewSeconds, verdictProvider }: VerdictRow): EventVerdict | null {
  if (verdict === null || verdictProvider === null) return null
  return { verdict, reason, ...(skewSeconds !== null && { skewSeconds }), provider: verdictProvider }
}
