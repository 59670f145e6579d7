import { refusalOf } from '../../../platform/api/refusal.ts'
import { Confirm } from '../../../ui/feedback/dialog.tsx'

/** Whether a change was refused for what it would lose. */
export function wouldDrop(error: unknown): boolean {
  return error !== null && error !== undefined && refusalOf(error).code === 'would_drop'
}

/** Asks before a change drops a mapping or a filter. */
export function DropDialog({
  error,
  isBusy,
  onConfirm,
  onClose,
}: {
  error: unknown
  isBusy: boolean
  onConfirm: () => void
  onClose: () => void
}) {
  return (
    <Confirm
      title="Something would be lost"
      action="Save and drop it"
      isBusy={isBusy}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>{refusalOf(error).message}</p>
      <p className="text-muted">The version of now is kept: the Runbook restores it.</p>
    </Confirm>
  )
}
