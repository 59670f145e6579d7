import type { ReplayView } from '#shared/contract/replays.ts'
import { Confirm } from '../../../ui/feedback/dialog.tsx'
import { plural } from '../../../ui/format/size.ts'

/** Asks once before a replay ends early, naming what will not be sent. */
export function CancelReplay({
  replay: { total, made, waiting, isCounted },
  isBusy,
  onConfirm,
  onClose,
}: {
  replay: Pick<ReplayView, 'total' | 'made' | 'waiting' | 'isCounted'>
  isBusy: boolean
  onConfirm: () => void
  onClose: () => void
}) {
  const unsent = Math.max(0, total - made)
  return (
    <Confirm
      title="Cancel this replay?"
      action="Cancel the replay"
      isBusy={isBusy}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>
        {plural(unsent, 'delivery', 'deliveries')} {isCounted ? '' : 'or more '}will not be made, and{' '}
        {plural(waiting, 'delivery that waits', 'deliveries that wait')} will be canceled.
      </p>
      <p className="text-muted">What was sent stays sent. A canceled replay cannot go on; begin a new one then.</p>
    </Confirm>
  )
}
