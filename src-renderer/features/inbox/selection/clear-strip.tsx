import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useApi } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { ProgressBar } from '../../../ui/feedback/progress-bar.tsx'
import { showDone, showError, showTrouble } from '../../../ui/feedback/toast.tsx'
import { formatCount, plural } from '../../../ui/format/size.ts'
import { showAllCleared } from './hidden-events.ts'

/** How far a deletion by filter is, for as long as it runs. */
export function ClearStrip() {
  const api = useApi()
  const clear = useQuery(api.events.clearing.queryOptions({ input: {} })).data?.clear ?? null
  const stop = useMutation(api.events.stopClear.mutationOptions({ onError: showError }))
  const isRunning = clear?.state === 'running'
  const wasRunning = useRef(false)
  useEffect(() => {
    if (clear === null) return
    if (wasRunning.current && !isRunning) {
      tellEnd(clear)
      showAllCleared()
    }
    wasRunning.current = isRunning
  }, [clear, isRunning])
  if (!isRunning) return null
  const { deleted, total } = clear
  return (
    <div role="status" className="flex h-9 shrink-0 items-center gap-3 border-b border-line bg-panel px-3">
      <span className="shrink-0">
        Deleting {formatCount(deleted)}
        {total !== null && ` of ${plural(total, 'event')}`}
      </span>
      <div className="grow">
        <ProgressBar label="Deletion" value={deleted} max={total ?? 0} />
      </div>
      <Button disabled={stop.isPending} onClick={() => stop.mutate({})}>
        Stop
      </Button>
    </div>
  )
}

function tellEnd({ state, deleted, kept }: { state: string; deleted: number; kept: number }): void {
  const done = `${plural(deleted, 'event')} deleted`
  if (state === 'failed') showTrouble(`The deletion broke off: ${done}. The log says why.`, null)
  else if (state === 'canceled') showDone(`Stopped: ${done}, the rest is still there.`)
  else if (kept > 0) showTrouble(`${done}; ${plural(kept, 'event')} stayed: a delivery of each is under way.`, null)
  else showDone(`${done} for good.`)
}
