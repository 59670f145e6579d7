import { Link } from '@tanstack/react-router'
import { Hourglass } from 'lucide-react'
import type { ReplayView } from '#shared/contract/replays.ts'
import { type Look, STATE_LOOKS } from '../../../ui/delivery/delivery-words.ts'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { formatCount } from '../../../ui/format/size.ts'
import { mostFirst } from '#shared/model/counts.ts'
import { LEFT_OUT_WORDS } from '#shared/model/explanations/left-out.ts'

interface Count {
  look: Look
  count: number
  /** The states of such deliveries, as a filter names them; null where they are not made yet. */
  states: string | null
}

function countsOfReplay({ succeeded, failed, canceled, simulated, waiting, held, total, made }: ReplayView): Count[] {
  const counts: Count[] = [
    { look: STATE_LOOKS.succeeded, count: succeeded, states: 'succeeded' },
    { look: STATE_LOOKS.failed, count: failed, states: 'failed' },
    { look: { ...STATE_LOOKS.scheduled, word: 'on the way' }, count: waiting - held, states: 'scheduled,delivering' },
    { look: STATE_LOOKS.held, count: held, states: 'held' },
    { look: STATE_LOOKS.canceled, count: canceled, states: 'canceled' },
    { look: STATE_LOOKS.simulated, count: simulated, states: null },
    { look: { word: 'still to make', icon: Hourglass, tone: 'text-muted' }, count: total - made, states: null },
  ]
  return counts.filter(({ count, states }) => count > 0 || states === 'succeeded' || states === 'failed')
}

/** What came of a replay's deliveries, and what was not sent and why. */
export function ReplayCounts({ replay }: { replay: ReplayView }) {
  const left = mostFirst(replay.leftOut)
  return (
    <>
      <dl className="flex flex-wrap gap-x-6 gap-y-2 pt-1">
        {countsOfReplay(replay).map(({ look, count, states }) => (
          <div key={look.word} className="flex flex-col">
            <dt className="text-small">
              <StateMark look={look} />
            </dt>
            <dd className="text-title font-semibold">
              {states === null || count === 0 ? (
                <span className={count === 0 ? 'text-faint' : ''}>{formatCount(count)}</span>
              ) : (
                <Link
                  to="/deliveries"
                  search={{ filter: `replay:${replay.id} state:${states}` }}
                  className="underline decoration-line underline-offset-2 hover:decoration-current"
                >
                  {formatCount(count)}
                </Link>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {replay.failed > 0 && (
        <p className="text-small text-muted">
          What failed is explained at each of its deliveries, and is retried together among the{' '}
          <Link to="/dead-letters" className="text-accent underline underline-offset-2">
            Dead letters
          </Link>
          .
        </p>
      )}
      {left.length > 0 && (
        <div className="pt-1">
          <h3 className="text-small text-muted">Left out</h3>
          <ul aria-label="Left out">
            {left.map(({ name, count }) => (
              <li key={name}>
                {formatCount(count)} {LEFT_OUT_WORDS[name]}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
