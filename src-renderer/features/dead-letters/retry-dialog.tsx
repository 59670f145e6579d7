import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { showError } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'
import { readRate } from '../../ui/runs/rate.ts'
import { RateField } from '../../ui/runs/rate-field.tsx'
import type { DeadLetterQuery } from './dead-letter-filter.ts'
import { watchRetry } from './watch-retry.ts'

/** What a person wants to retry: chosen ones, or all that a filter finds when it begins. */
export type RetryWish = { count: number } & ({ ids: string[] } | { filter: DeadLetterQuery })

/** Says what a retry does, and asks how fast. */
export function RetryDialog({ wish, onClose }: { wish: RetryWish; onClose: () => void }) {
  const session = useSession()
  const { api, queries } = session
  const [rate, setRate] = useState('')
  const ratePerSecond = readRate(rate)
  const start = useMutation(
    api.deadLetters.retry.mutationOptions({
      onSuccess: async ({ id }) => {
        onClose()
        watchRetry(session, id)
        await queries.invalidateQueries({ queryKey: api.deadLetters.key() })
      },
      onError: showError,
    }),
  )
  const what = 'ids' in wish ? { ids: wish.ids } : { filter: wish.filter }
  const words = plural(wish.count, 'dead letter')
  return (
    <Dialog title={`Retry ${words}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ratePerSecond !== 'invalid') start.mutate({ ...what, ratePerSecond })
        }}
      >
        <DialogBody>
          <p>
            Each is tried once more, the oldest first. It keeps its delivery, so its receiver sees the same ids as
            before.
          </p>
          <p className="text-muted">
            Left as they are: those whose endpoint is paused or gone, and those whose policy’s time for retries by hand
            is over. They are counted with the reason.
          </p>
          <RateField isFirst value={rate} onChange={setRate} />
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={start.isPending || ratePerSecond === 'invalid'}>
            Retry {words}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
