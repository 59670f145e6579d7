import { useMutation } from '@tanstack/react-query'
import type { SweepView } from '#shared/contract/storage/retention.ts'
import type { Retention } from '#shared/model/retention.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { showError } from '../../../ui/feedback/toast.tsx'
import { relativeTime } from '../../../ui/format/time.ts'
import { useNow } from '../../../ui/format/use-now.ts'
import { countWords } from './count-words.ts'

const ENDS: Readonly<Record<Exclude<SweepView['state'], 'running'>, string>> = {
  done: 'took',
  canceled: 'was stopped; until then it took',
  failed: 'could not go on, and tries again within the hour; until then it took',
}

/** The sweep under way or the last one, and a way to sweep now. */
export function SweepState({ rule, sweep }: { rule: Retention; sweep: SweepView | null }) {
  const { api, queries } = useSession()
  const now = useNow()
  const settle = {
    onSuccess: () => queries.invalidateQueries({ queryKey: api.retention.key() }),
    onError: showError,
  }
  const begin = useMutation(api.retention.sweep.mutationOptions(settle))
  const cancel = useMutation(api.retention.cancel.mutationOptions(settle))
  const hasLimit = rule.ageDays !== null || rule.events !== null || rule.bytes !== null
  if (!hasLimit && sweep === null) return null
  return (
    <section aria-label="Sweeps" className="flex flex-col items-start gap-2 border-t border-line pt-4">
      {sweep?.state === 'running' ? (
        <>
          <p role="status">Sweeping: so far {countWords(sweep.counts)}.</p>
          <Button disabled={cancel.isPending} onClick={() => cancel.mutate({})}>
            Stop
          </Button>
        </>
      ) : (
        <>
          <p className="text-muted">
            {sweep === null
              ? 'Nothing was swept since the start.'
              : `The sweep ${relativeTime(sweep.finishedAt ?? sweep.startedAt, now)} ${ENDS[sweep.state]} ${countWords(sweep.counts)}.`}
          </p>
          {hasLimit && (
            <Button disabled={begin.isPending} onClick={() => begin.mutate({})}>
              Sweep now
            </Button>
          )}
        </>
      )}
    </section>
  )
}
