import { QueryObserver } from '@tanstack/react-query'
import type { BulkRetryView } from '#shared/contract/dead-letters/dead-letters.ts'
import type { Session } from '../../platform/api/session.ts'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'

const REFUSALS: Readonly<Record<keyof BulkRetryView['refused'], string>> = {
  retry_window_over: 'too old to be retried by hand',
  endpoint_paused: 'their endpoint is paused',
  delivery_not_retryable: 'gone or no dead letter any more',
}

/** `2 left: their endpoint is paused`; empty where none was refused. */
export function refusedWords(refused: BulkRetryView['refused']): string {
  return Object.entries(refused)
    .map(([reason, count]) => `${count} left: ${REFUSALS[reason as keyof typeof REFUSALS]}`)
    .join('; ')
}

/** Tells the end of a retry wherever the person is by then. */
export function watchRetry({ api, queries }: Session, id: string): void {
  const observer = new QueryObserver(queries, api.deadLetters.getRetry.queryOptions({ input: { id } }))
  const stop = observer.subscribe(({ data, isError }) => {
    if (isError) return stop()
    if (data === undefined || data.finishedAt === null) return
    stop()
    if (data.state === 'canceled') return
    const refused = refusedWords(data.refused)
    const words = `Sent again: ${plural(data.retried, 'dead letter')}.`
    if (refused === '') showDone(words)
    else showError(`${words} ${refused}.`)
  })
}
