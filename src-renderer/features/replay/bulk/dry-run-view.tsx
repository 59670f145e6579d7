import type { ReactNode } from 'react'
import type { DryRunView as DryRun } from '#shared/contract/replays.ts'
import { formatCount, plural } from '../../../ui/format/size.ts'
import { formatWait, fullTime, stretchWords } from '../../../ui/format/time.ts'
import { mostFirst } from '#shared/model/counts.ts'
import { LEFT_OUT_WORDS } from '#shared/model/explanations/left-out.ts'
import { REASON_WORDS } from '../words/reason-words.ts'

const CELL = 'py-0.5 pr-3 text-left font-normal last:pr-0'
const NUMBER = `${CELL} text-right`

/** What a replay would send, before anything is sent: by type, by target, and what is left out. */
export function DryRunView({ counted, ratePerSecond }: { counted: DryRun; ratePerSecond: number | null }) {
  const { events, deliveries, byType, byTarget, firstAt, lastAt } = counted
  const reasons = mostFirst(counted.byReason)
  const left = mostFirst(counted.leftOut)
  return (
    <section aria-label="What would be sent" className="flex flex-col gap-3">
      <div>
        <p role="status" className="text-title font-semibold">
          {deliveries === 0 ? 'Nothing would be sent' : plural(deliveries, 'delivery', 'deliveries')}
        </p>
        <p className="text-muted">
          of {plural(events, 'event')}
          {firstAt !== null && lastAt !== null && (
            <span title={`${fullTime(firstAt)} to ${fullTime(lastAt)}`}>
              , {stretchWords(Date.parse(firstAt), Date.parse(lastAt))}
            </span>
          )}
          .{' '}
          {deliveries > 0 && ratePerSecond !== null && (
            <>At this rate they take about {formatWait((deliveries / ratePerSecond) * 1_000)}.</>
          )}
        </p>
      </div>
      {counted.unsigned > 0 && (
        <p className="border-l-2 border-retry bg-retry/9 px-2.5 py-1.5">
          <b className="font-semibold">
            {counted.unsigned === deliveries
              ? 'None of them is signed.'
              : `${formatCount(counted.unsigned)} are not signed.`}
          </b>{' '}
          No secret is known with which to sign them: their source names no sender, or has no secret that can sign. They
          keep the headers that they came with. Choose an endpoint that signs, if the receiver checks.
        </p>
      )}
      {reasons.length > 0 && (
        <Counts title="How they stand there">
          {reasons.map(({ name, count }) => (
            <Row key={name} cells={[REASON_WORDS[name].word, formatCount(count)]} />
          ))}
        </Counts>
      )}
      {left.length > 0 && (
        <Counts title="Left out">
          {left.map(({ name, count }) => (
            <Row key={name} cells={[LEFT_OUT_WORDS[name], formatCount(count)]} />
          ))}
        </Counts>
      )}
      {byTarget.length > 0 && (
        <Counts title="To">
          {byTarget.map(({ endpointId, endpointName, isPaused, deliveries: count }) => (
            <Row
              key={endpointId ?? 'url'}
              cells={[
                <>
                  {endpointName ?? 'the address'}
                  {isPaused && <span className="text-held"> · paused: held until it is resumed</span>}
                </>,
                formatCount(count),
              ]}
            />
          ))}
        </Counts>
      )}
      {byType.length > 0 && (
        <Counts title="By type">
          {byType.map(({ type, events: found, deliveries: count }) => (
            <Row
              key={type}
              cells={[
                <span key="type" className="mono break-all">
                  {type}
                </span>,
                plural(found, 'event'),
                formatCount(count),
              ]}
            />
          ))}
        </Counts>
      )}
    </section>
  )
}

function Counts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <table className="w-full border-collapse">
      <caption className="pb-1 text-left text-small text-muted">{title}</caption>
      <tbody>{children}</tbody>
    </table>
  )
}

function Row({ cells: [name, ...numbers] }: { cells: readonly ReactNode[] }) {
  return (
    <tr className="border-t border-line/55">
      <th scope="row" className={CELL}>
        {name}
      </th>
      {numbers.map((number, at) => (
        <td key={at} className={`${NUMBER} ${at < numbers.length - 1 ? 'text-muted' : ''}`}>
          {number}
        </td>
      ))}
    </tr>
  )
}
