import type { AttemptView } from '#shared/contract/deliveries.ts'
import { OUTCOME_TONES, resultWord } from '../../ui/delivery/delivery-words.ts'
import { clockTime, formatTook, fullTime } from '../../ui/format/time.ts'

const CELL = 'px-2 py-1 text-left font-normal first:pl-4 last:pr-4'

/** All attempts, oldest first; a press shows one below. */
export function AttemptsTable({
  attempts,
  shownId,
  onChoose,
}: {
  attempts: readonly AttemptView[]
  shownId: string | undefined
  onChoose: (number: number) => void
}) {
  return (
    <table className="w-full border-collapse border-b border-line">
      <caption className="sr-only">Attempts</caption>
      <thead className="bg-panel text-mini text-faint">
        <tr>
          {['#', 'time', 'result', 'trigger', 'took'].map((name) => (
            <th key={name} scope="col" className={`${CELL} last:text-right`}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <tr
            key={attempt.id}
            onClick={() => onChoose(attempt.number)}
            className={`border-t border-line/55 ${attempt.id === shownId ? 'bg-accent-soft' : 'hover:bg-panel'}`}
          >
            <td className={CELL}>
              <button type="button" aria-pressed={attempt.id === shownId} className="rounded px-1 font-medium">
                <span className="sr-only">Show attempt </span>
                {attempt.number}
              </button>
            </td>
            <td className={`${CELL} text-muted`} title={fullTime(attempt.startedAt)}>
              {clockTime(attempt.startedAt)}
            </td>
            <td className={`${CELL} ${OUTCOME_TONES[attempt.outcome].text}`}>
              {attempt.outcome === 'succeeded'
                ? `${resultWord(attempt)} delivered`
                : `${resultWord(attempt)} · ${attempt.outcome}`}
            </td>
            <td className={`${CELL} text-muted`}>{attempt.trigger}</td>
            <td className={`${CELL} text-right text-muted`}>{formatTook(attempt.timings.totalMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
