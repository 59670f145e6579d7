import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { TextField } from '../../../ui/controls/field.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { slugOf } from '../../../ui/format/slug.ts'
import { DetailPane } from '../../../ui/layout/detail-pane.tsx'
import { DefinitionForm } from './definition-form.tsx'
import { EMPTY_DRAFT } from './draft.ts'

export function NewWorkflow({ onCreated, onClose }: { onCreated: (name: string) => void; onClose: () => void }) {
  const { api, queries } = useSession()
  const [name, setName] = useState('')
  const known = queries.getQueryData(api.workflows.list.queryKey({ input: {} }))?.items ?? []
  const isTaken = known.some((workflow) => workflow.name === slugOf(name))
  const create = useMutation(
    api.workflows.put.mutationOptions({
      onSuccess: async (created) => {
        await queries.invalidateQueries({ queryKey: api.workflows.key() })
        showDone(`${created.name} can run.`)
        onCreated(created.name)
      },
    }),
  )
  const error = fieldErrors(create.error, ['name']).errorOf('name')
  return (
    <DetailPane title="New workflow" onClose={onClose}>
      <DefinitionForm
        initial={EMPTY_DRAFT}
        isNew
        error={create.error}
        isBusy={create.isPending || isTaken}
        action="Create workflow"
        onSubmit={(definition) => create.mutate({ name: slugOf(name), ...definition })}
        onCancel={onClose}
        before={
          <TextField
            label="Name"
            required
            autoFocus
            help={name === '' ? 'It stands in addresses, such as checkout-smoke.' : slugOf(name)}
            value={name}
            error={isTaken ? 'There is a workflow of this name.' : error}
            onChange={({ target: { value } }) => setName(value)}
          />
        }
      />
    </DetailPane>
  )
}
