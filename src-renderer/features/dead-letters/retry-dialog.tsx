import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { TextField } from '../../ui/controls/field.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { showError } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'
import type { DeadLetterQuery } from './dead-letter-filter.ts'
import { watchRetry } from './watch-retry.ts'

/** What a person wants to retry: chosen ones, or all that a filter finds when it begins. */
export type RetryWish = { count: number } & ({ ids: string[] } | { filter: DeadLetterQuery })

/** Says what a retry does, and asks how fast. */
export function RetryDialog({ wish, onClose }: { wish: RetryWish; onClose: () => void }) {
  const session = useSession()
  const { api, queries } = session
  const [rate, setRate] = useState('')
  const perSecond = Number(rate)
  const isRate = rate.trim() === '' || (Number.isFinite(perSecond) && perSecond >= 0.01 && perSecond <= 1_000)
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
          start.mutate({ ...what, ratePerSecond: rate.trim() === '' ? null : perSecond })
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
          <TextField
            data-first
            label="At most, in a second"
            inputMode="decimal"
            placeholder="no limit"
            value={rate}
            error={isRate ? null : 'Write a number from 0.01 to 1000, or nothing for no limit.'}
            help="Slow enough for a receiver that has just come back."
            onChange={(event) => setRate(event.target.value)}
          />
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={start.isPending || !isRate}>
            Retry {words}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
