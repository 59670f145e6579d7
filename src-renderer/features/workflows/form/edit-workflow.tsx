import { useMutation } from '@tanstack/react-query'
import type { WorkflowView } from '#shared/contract/workflows/workflows.ts'
import { useSession } from '../../../platform/api/session.ts'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { DefinitionForm } from './definition-form.tsx'
import { definitionOf, draftOf } from './draft.ts'

export function EditWorkflow({ workflow }: { workflow: WorkflowView }) {
  const { api, queries } = useSession()
  const save = useMutation(
    api.workflows.put.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.workflows.key() })
        showDone('Saved. Runs that are going on keep what was before.')
      },
    }),
  )
  return (
    <DefinitionForm
      initial={draftOf(definitionOf(workflow))}
      isNew={false}
      error={save.error}
      isBusy={save.isPending}
      action="Save"
      onSubmit={(definition) => save.mutate({ name: workflow.name, ...definition })}
      onCancel={() => save.reset()}
    />
  )
}
