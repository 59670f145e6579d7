import { formatCount } from '../format/size.ts'
import { formatWait } from '../format/time.ts'
import { formatPace } from './pace.ts'
import { usePace } from './use-pace.ts'

/** How far long work is: `812 of 1,284 · 10/s · 47 s left`. The rate is the one that was set, or else the one seen. */
export function RunFigures({
  done,
  total,
  ratePerSecond,
  isRunning,
}: {
  done: number
  total: number
  /** The limit that was set; null for none. */
  ratePerSecond: number | null
  isRunning: boolean
}) {
  const seen = usePace(done)
  const pace = ratePerSecond ?? seen
  return (
    <>
      {formatCount(done)} of {formatCount(total)}
      {pace !== null && (isRunning || ratePerSecond !== null) && (
        <span className="text-muted"> · {formatPace(pace)}</span>
      )}
      {pace !== null && isRunning && total > done && (
        <span className="text-muted"> · {formatWait(((total - done) / pace) * 1_000)} left</span>
      )}
    </>
  )
}
