import type { ReplayView } from '#shared/contract/replays.ts'
import { ProgressBar } from '../../../ui/feedback/progress-bar.tsx'
import { formatCount, plural } from '../../../ui/format/size.ts'
import { RunFigures } from '../../../ui/runs/run-figures.tsx'
import { isOpen } from '../words/replay-words.ts'

/** How far a replay is, as a bar and in a sentence. */
export function ReplayStanding({ replay }: { replay: ReplayView }) {
  const { total, done, state, ratePerSecond, isCounted } = replay
  return (
    <div className="flex flex-col gap-1.5">
      <ProgressBar label="Replay" value={done} max={total} look={barLook(replay)} />
      <p role="status">
        {isOpen(replay) && !isCounted ? (
          `Counting: ${plural(total, 'delivery', 'deliveries')} so far.`
        ) : isOpen(replay) ? (
          <>
            {state === 'paused' ? 'Paused at ' : ''}
            <RunFigures done={done} total={total} ratePerSecond={ratePerSecond} isRunning={state === 'running'} />
          </>
        ) : (
          overWords(replay)
        )}
      </p>
      {waitWords(replay).map((words) => (
        <p key={words} className="text-small text-muted">
          {words}
        </p>
      ))}
    </div>
  )
}

function barLook({ state, failed }: ReplayView): string {
  if (state === 'canceled') return '[&::-webkit-progress-value]:bg-faint'
  if (state !== 'finished') return '[&::-webkit-progress-value]:bg-accent'
  return failed > 0 ? '[&::-webkit-progress-value]:bg-fail' : '[&::-webkit-progress-value]:bg-ok'
}

function overWords({ state, total, done, failed }: ReplayView): string {
  if (state === 'canceled') return `Canceled at ${formatCount(done)} of ${formatCount(total)}.`
  if (total === 0) return 'Nothing was sent: no endpoint takes these events.'
  const of = `${formatCount(done)} of ${plural(total, 'delivery', 'deliveries')} done`
  return failed === 0 ? `${of}.` : `${of}, ${formatCount(failed)} failed.`
}

/** What it waits for, where it is not by itself plain. */
function waitWords(replay: ReplayView): string[] {
  const { held, waiting, isHandedOn } = replay
  if (!isOpen(replay)) return []
  const onTheWay = waiting - held
  return [
    ...(held > 0 ? [`${formatCount(held)} held: they go out once their endpoint is resumed.`] : []),
    ...(isHandedOn && onTheWay > 0
      ? [`All is handed on; ${formatCount(onTheWay)} on the way. What fails is tried again as each policy says.`]
      : []),
  ]
}
