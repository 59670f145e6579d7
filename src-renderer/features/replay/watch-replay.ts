import { QueryObserver } from '@tanstack/react-query'
import type { ReplayView } from '#shared/contract/replays.ts'
import type { Session } from '../../platform/api/session.ts'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'

export function replayOptions(api: Session['api'], id: string) {
  return api.replays.get.queryOptions({
    input: { id },
    refetchInterval: (query) => (isOver(query.state.data) ? false : 1_000),
  })
}

function isOver(replay: ReplayView | undefined): boolean {
  return replay?.state === 'finished' || replay?.state === 'canceled'
}

/** Tells the end of a replay wherever the person is by then. */
export function watchReplay({ api, queries }: Session, id: string): void {
  const observer = new QueryObserver(queries, replayOptions(api, id))
  const stop = observer.subscribe(({ data }) => {
    if (data === undefined || !isOver(data)) return
    stop()
    // Whoever cancels it is told so there.
    if (data.state === 'canceled') return
    if (data.failed > 0)
      showError(`The replay ended: ${data.failed} of ${plural(data.total, 'delivery', 'deliveries')} failed.`)
    else if (data.total > 0) showDone(`Replayed: ${plural(data.total, 'delivery', 'deliveries')} done.`)
  })
}
