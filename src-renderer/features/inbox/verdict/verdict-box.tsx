import { Link } from '@tanstack/react-router'
import type { EventVerdict } from '#shared/model/findings.ts'
import { explainVerdict } from '#shared/model/verdict-explanations.ts'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { formatWait } from '../../../ui/format/time.ts'
import { verdictLook } from './verdict-look.ts'

const TONES: Record<EventVerdict['verdict'], string> = {
  valid: 'border-ok bg-ok/9',
  invalid: 'border-fail bg-fail/9',
  unchecked: 'border-line bg-raise',
}

/** What was found of a signature, what it means, and the next step. */
export function VerdictBox({
  verdict,
  sender,
  sourceId,
}: {
  verdict: EventVerdict
  sender: string
  sourceId: string | null
}) {
  const { title, explanation, nextStep } = explainVerdict(verdict, { sender, formatSpan: formatWait })
  return (
    <section aria-label="Verdict" className={`rounded-r border-l-2 px-2.5 py-1.5 ${TONES[verdict.verdict]}`}>
      <p className="flex flex-wrap items-center gap-x-2.5">
        <StateMark look={verdictLook(verdict)} />
        <b className="font-semibold">{title}</b>
        {verdict.reason !== null && <span className="mono text-muted">{verdict.reason}</span>}
      </p>
      <p className="mt-1">{explanation}</p>
      {nextStep !== null && (
        <p className="mt-1">
          {nextStep}{' '}
          {sourceId !== null && (
            <Link to="/sources/$sourceId" params={{ sourceId }} className="text-accent underline">
              Open the source
            </Link>
          )}
        </p>
      )}
    </section>
  )
}
