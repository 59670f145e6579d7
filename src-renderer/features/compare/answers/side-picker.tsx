import { Link } from '@tanstack/react-router'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import { OUTCOME_TONES, resultWord } from '../../../ui/delivery/delivery-words.ts'
import { targetName } from '../../../ui/delivery/target-name.ts'
import { clockTime, formatTook, fullTime, shortDay } from '../../../ui/format/time.ts'
import type { Side } from './use-sides.ts'

const SELECT = 'h-6 min-w-0 rounded border border-line bg-bg px-1.5 text-small hover:border-faint'

function nameOf(delivery: DeliveryView): string {
  const { createdAt, replayId } = delivery
  const when = `${shortDay(Date.parse(createdAt))} ${clockTime(createdAt)}`
  return `${targetName(delivery)} · ${when}${replayId === null ? '' : ' · replay'}`
}

/** Which delivery, and which of its attempts, one side shows; and what came of that. */
export function SidePicker({
  label,
  side: { delivery, attempts, attempt },
  deliveries,
  onDelivery,
  onAttempt,
}: {
  label: string
  side: Side
  deliveries: readonly DeliveryView[]
  onDelivery: (id: string) => void
  onAttempt: (number: string) => void
}) {
  return (
    <section aria-label={label} className="flex min-w-0 flex-col gap-1.5 px-4 py-2">
      <div className="flex min-w-0 items-center gap-2">
        <span className="w-12 shrink-0 text-small text-muted">{label}</span>
        <select
          aria-label={`${label}: delivery`}
          value={delivery.id}
          className={`${SELECT} grow`}
          onChange={(event) => onDelivery(event.target.value)}
        >
          {deliveries.some(({ id }) => id === delivery.id) || <option value={delivery.id}>{nameOf(delivery)}</option>}
          {deliveries.map((each) => (
            <option key={each.id} value={each.id}>
              {nameOf(each)}
            </option>
          ))}
        </select>
        {attempts !== undefined && attempts.length > 1 && (
          <select
            aria-label={`${label}: attempt`}
            value={attempt?.number}
            className={`${SELECT} shrink-0`}
            onChange={(event) => onAttempt(event.target.value)}
          >
            {attempts.map((each) => (
              <option key={each.id} value={each.number}>
                attempt {each.number}: {resultWord(each)}
              </option>
            ))}
          </select>
        )}
      </div>
      {attempt !== undefined && (
        <p className="flex min-w-0 items-baseline gap-2.5 pl-14">
          <b className={`font-semibold ${OUTCOME_TONES[attempt.outcome].text}`}>
            {resultWord(attempt)} · {attempt.outcome}
          </b>
          <span className="text-muted">in {formatTook(attempt.timings.totalMs)}</span>
          <span className="truncate text-small text-muted" title={fullTime(attempt.startedAt)}>
            {clockTime(attempt.startedAt)}
          </span>
          <Link
            to="/deliveries/$deliveryId"
            params={{ deliveryId: delivery.id }}
            search={{ attempt: String(attempt.number) }}
            className="ml-auto shrink-0 text-small text-accent underline underline-offset-2"
          >
            Show
          </Link>
        </p>
      )}
    </section>
  )
}
