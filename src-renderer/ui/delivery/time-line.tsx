import type { ReactNode } from 'react'
import type { AttemptView, DeliveryView } from '#shared/contract/deliveries.ts'
import { Tooltip } from '../controls/tooltip.tsx'
import { clockTime, formatOffset, fullTime } from '../format/time.ts'
import { OUTCOME_TONES, resultWord } from './delivery-words.ts'
import { TimingsList } from './timings.tsx'

const NARROWEST_PX = 7
const WIDEST_PX = 44
/** Room for a label such as `+2 h 36 · 500`. */
const SLOT_PX = 84
/** The same for what is to come, which has no answer yet. */
const FUTURE_SLOT_PX = 56
const WIDEST_SLOT = 22

/** A bar's width grows with the logarithm of its time: 12 ms and 5 s must both be seen. */
function barWidth(totalMs: number): number {
  return Math.min(WIDEST_PX, Math.max(NARROWEST_PX, Math.log10(Math.max(totalMs, 1) / 50) * 18))
}

function AttemptBar({
  attempt,
  label,
  onSelect,
}: {
  attempt: AttemptView
  label: string
  onSelect?: (() => void) | undefined
}) {
  const tone = OUTCOME_TONES[attempt.outcome]
  return (
    <Tooltip
      content={
        <>
          <p className={`mb-1 font-medium ${tone.text}`}>
            Attempt {attempt.number} · {resultWord(attempt)}
          </p>
          <p className="mb-1 text-muted">{fullTime(attempt.startedAt)}</p>
          <TimingsList timings={attempt.timings} />
        </>
      }
    >
      <button
        type="button"
        onClick={onSelect}
        aria-label={`Attempt ${attempt.number}: ${resultWord(attempt)}, ${label}`}
        className={`absolute top-[3px] left-0 h-[15px] rounded-sm ${tone.bar}`}
        style={{ width: barWidth(attempt.timings.totalMs) }}
      />
    </Tooltip>
  )
}

function Slot({
  width,
  least = SLOT_PX,
  line,
  label,
  children,
}: {
  width: string
  least?: number
  line: string
  label: string
  children: ReactNode
}) {
  return (
    <li className="relative h-9.5" style={{ width, minWidth: least }}>
      <span aria-hidden="true" className={`absolute inset-x-0 top-2.5 border-t ${line}`} />
      {children}
      <span className="absolute top-[19px] left-0 max-w-full truncate pr-2 text-mini text-faint">{label}</span>
    </li>
  )
}

export interface TimeLineProps {
  delivery: Pick<DeliveryView, 'state' | 'createdAt'>
  attempts: readonly AttemptView[]
  /** When further attempts would come, the next first. */
  forecast: readonly string[]
  onSelect?: (attempt: AttemptView) => void
}

/** A delivery's life: attempts as bars, waits as the line between them, what is still to come dotted. */
export function TimeLine({ delivery, attempts, forecast, onSelect }: TimeLineProps) {
  const firstAt = Date.parse(attempts[0]?.startedAt ?? delivery.createdAt)
  const since = (instant: string): string => formatOffset(Date.parse(instant) - firstAt)
  const isSending = delivery.state === 'delivering'
  const future = delivery.state === 'scheduled' ? forecast : []
  const slots = attempts.length + future.length + (isSending ? 1 : 0)
  const width = `${Math.min(WIDEST_SLOT, 100 / Math.max(slots, 1))}%`
  const isOver = future.length === 0 && !isSending
  return (
    <ol aria-label="Attempts" className="flex overflow-x-auto overflow-y-hidden">
      {attempts.map((attempt, index) => {
        const when = slots === 1 ? clockTime(attempt.startedAt) : index === 0 ? null : since(attempt.startedAt)
        const label = [when, resultWord(attempt)].filter((part) => part !== null).join(' · ')
        const isLast = index === attempts.length - 1
        return (
          <Slot
            key={attempt.id}
            width={width}
            label={label}
            line={isLast && !isOver ? 'border-dashed border-faint/70' : 'border-line'}
          >
            <AttemptBar attempt={attempt} label={label} onSelect={onSelect && (() => onSelect(attempt))} />
          </Slot>
        )
      })}
      {isSending && (
        <Slot width={width} label="sending now" line="border-line">
          <span className="absolute top-[3px] left-0 h-[15px] w-3 animate-pulse rounded-sm bg-accent" />
        </Slot>
      )}
      {future.map((instant, index) => (
        <Slot
          key={instant}
          width={width}
          least={FUTURE_SLOT_PX}
          label={attempts.length === 0 && index === 0 ? clockTime(instant) : since(instant)}
          line={index === future.length - 1 ? 'border-line' : 'border-dashed border-faint/70'}
        >
          <span
            title={fullTime(instant)}
            className="absolute top-[3px] left-0 h-[15px] w-[7px] rounded-sm border border-dashed border-faint bg-bg"
          />
        </Slot>
      ))}
      <li aria-hidden="true" className="relative h-9.5 grow">
        <span className="absolute inset-x-0 top-2.5 border-t border-line" />
      </li>
    </ol>
  )
}
