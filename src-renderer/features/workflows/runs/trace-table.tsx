import { Link } from '@tanstack/react-router'
import type { TraceStep } from '#shared/contract/workflows/workflows.ts'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { clockTime, formatTook, fullTime } from '../../../ui/format/time.ts'
import { OUTCOME_LOOKS } from '../run-words.ts'

const WIDE = 'hidden @3xl:table-cell'
const MIDDLE = 'hidden @xl:table-cell'

const COLUMNS = [
  { title: 'outcome', look: 'w-27' },
  { title: 'target', look: '' },
  { title: 'last answer', look: 'w-24 @3xl:w-36' },
  { title: 'event', look: `w-32 ${MIDDLE}` },
  { title: 'began', look: `w-19 ${WIDE}` },
  { title: 'took', look: `w-17 ${WIDE}` },
]

/** Each event to each target: when, how it ended, and its delivery. */
export function TraceTable({ trace }: { trace: readonly TraceStep[] }) {
  return (
    <div className="min-h-0 grow overflow-auto border-t border-line">
      <table aria-label="Trace" className="w-full table-fixed">
        <thead className="sticky top-0 bg-panel text-left text-mini text-faint">
          <tr>
            {COLUMNS.map(({ title, look }) => (
              <th key={title} className={`border-b border-line px-2 py-1 font-normal first:pl-4 ${look}`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {trace.map((step) => (
            <TraceRow key={`${step.eventId} ${step.endpointId ?? step.url}`} step={step} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const tookOf = ({ startedAt, finishedAt }: TraceStep) =>
  startedAt === null || finishedAt === null ? '' : formatTook(Date.parse(finishedAt) - Date.parse(startedAt))

function TraceRow({ step }: { step: TraceStep }) {
  const mark = <StateMark look={OUTCOME_LOOKS[step.outcome]} />
  const answer = step.lastStatus ?? step.lastFailure?.replaceAll('_', ' ') ?? ''
  return (
    <tr className="h-8 border-b border-line/55">
      <td className="pr-2 pl-4 whitespace-nowrap">
        {step.deliveryId === null ? (
          mark
        ) : (
          <Link
            to="/deliveries/$deliveryId"
            params={{ deliveryId: step.deliveryId }}
            title="Show the delivery"
            className="inline-flex underline-offset-2 hover:underline"
          >
            {mark}
          </Link>
        )}
      </td>
      <td className="truncate px-2" title={step.url}>
        <Address url={step.url} />
      </td>
      <td className="truncate px-2 text-muted" title={answer === '' ? undefined : String(answer)}>
        {answer}
        {step.attempts > 1 && ` after ${step.attempts} tries`}
      </td>
      <td className={`truncate px-2 ${MIDDLE}`}>
        <Link
          to="/inbox/$eventId"
          params={{ eventId: step.eventId }}
          className="mono text-muted underline-offset-2 hover:underline"
        >
          {step.eventType}
        </Link>
      </td>
      <td className={`px-2 text-muted ${WIDE}`} title={step.startedAt === null ? undefined : fullTime(step.startedAt)}>
        {step.startedAt === null ? '' : clockTime(step.startedAt)}
      </td>
      <td className={`truncate px-2 text-muted ${WIDE}`}>{tookOf(step)}</td>
    </tr>
  )
}

/** What tells addresses apart stays in sight where there is little room: the path, not the host. */
function Address({ url }: { url: string }) {
  const parsed = URL.parse(url)
  if (parsed === null) return <span className="text-muted">a deleted endpoint</span>
  return (
    <span className="mono flex min-w-0">
      <span className="min-w-8 shrink-[3] truncate text-muted">{parsed.host}</span>
      <span className="truncate">{parsed.pathname + parsed.search}</span>
    </span>
  )
}
