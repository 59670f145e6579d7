import type { Timings } from '#shared/model/attempt.ts'
import { formatTook } from '../format/time.ts'

interface Stage {
  name: string
  ms: number | null
  tone: string
}

function stagesOf(timings: Timings): readonly Stage[] {
  return [
    { name: 'DNS', ms: timings.dnsMs, tone: 'bg-held' },
    { name: 'Connect', ms: timings.connectMs, tone: 'bg-retry' },
    { name: 'TLS', ms: timings.tlsMs, tone: 'bg-accent' },
    { name: 'First byte', ms: timings.firstByteMs, tone: 'bg-ok' },
    { name: 'Body', ms: timings.bodyMs, tone: 'bg-string' },
  ]
}

/** Where the time of one attempt went: a bar in proportion and the figures under it. */
export function TimingsBar({ timings }: { timings: Timings }) {
  const stages = stagesOf(timings)
  const total = Math.max(timings.totalMs, 0.001)
  return (
    <div className="flex flex-col gap-1.5">
      <div aria-hidden="true" className="flex h-2 gap-px overflow-hidden rounded-sm bg-raise">
        {stages.map(
          ({ name, ms, tone }) =>
            ms !== null && <span key={name} className={tone} style={{ width: `${(ms / total) * 100}%` }} />,
        )}
      </div>
      <dl className="flex flex-wrap gap-x-4 gap-y-0.5 text-small">
        {stages.map(({ name, ms, tone }) => (
          <div key={name} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={`size-2 rounded-sm ${ms === null ? 'bg-raise' : tone}`} />
            <dt className="text-muted">{name}</dt>
            <dd>{ms === null ? <span className="text-faint">none</span> : formatTook(ms)}</dd>
          </div>
        ))}
        <div className="flex gap-1.5">
          <dt className="text-muted">Total</dt>
          <dd className="font-medium">{formatTook(timings.totalMs)}</dd>
        </div>
      </dl>
    </div>
  )
}

/** The same figures in one column, for a tooltip. */
export function TimingsList({ timings }: { timings: Timings }) {
  const stages = [...stagesOf(timings), { name: 'Total', ms: timings.totalMs }]
  return (
    <dl className="grid grid-cols-[auto_auto] gap-x-4">
      {stages.map(({ name, ms }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="text-right">{ms === null ? '–' : formatTook(ms)}</dd>
        </div>
      ))}
    </dl>
  )
}
