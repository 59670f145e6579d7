import { useMutation } from '@tanstack/react-query'
import type { WorkflowView } from '#shared/contract/workflows/workflows.ts'
import { useSession } from '../../platform/api/session.ts'
import { Confirm } from '../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'

export function DeleteWorkflow({
  workflow: { name },
  onClose,
  onDeleted,
}: {
  workflow: WorkflowView
  onClose: () => void
  onDeleted: () => void
}) {
  const { api, queries } = useSession()
  const remove = useMutation(
    api.workflows.delete.mutationOptions({
      onSuccess: async ({ runs }) => {
        onDeleted()
        showDone(`Deleted ${name} and ${plural(runs, 'run')}.`)
        await queries.invalidateQueries({ queryKey: api.workflows.key() })
      },
      onError: showError,
    }),
  )
  return (
    <Confirm
      title={`Delete ${name}?`}
      action="Delete workflow"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ name })}
      onClose={onClose}
    >
      <p>Its runs and their traces go with it, and nothing starts it any more.</p>
      <p className="text-muted">The events and deliveries that its runs made stay.</p>
    </Confirm>
  )
}
