import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { slugOf } from '../../../ui/format/slug.ts'
import { DetailPane } from '../../../ui/layout/detail-pane.tsx'
import { usePlaces } from '../places.ts'
import { EMPTY_DRAFT, PROVIDER_FIELDS, toDefinition } from './provider-draft.ts'
import { ProviderFields } from './provider-fields.tsx'
import { ProviderPreview } from './provider-preview.tsx'
import { PaneForm } from '../../../ui/layout/pane-form.tsx'

export function NewProvider() {
  const { api, queries } = useSession()
  const places = usePlaces()
  const [draft, setDraft] = useState(EMPTY_DRAFT)
  const [typedId, setTypedId] = useState<string | null>(null)
  const id = typedId ?? slugOf(draft.name)
  const create = useMutation(
    api.catalog.providers.create.mutationOptions({
      onSuccess: async (created) => {
        await queries.invalidateQueries({ queryKey: api.catalog.key() })
        showDone(`${created.name} is in the catalog. Add its event types next.`)
        places.openProvider(created.id)
      },
    }),
  )
  const { errorOf, general } = fieldErrors(create.error, PROVIDER_FIELDS)
  return (
    <DetailPane title="New provider" onClose={places.close}>
      <PaneForm
        general={general}
        foot={<ProviderPreview draft={draft} />}
        onSubmit={() => {
          create.mutate({ id, ...toDefinition(draft, null) })
        }}
        actions={
          <>
            <Button onClick={places.close}>Cancel</Button>
            <Button type="submit" look="primary" disabled={create.isPending}>
              Create provider
            </Button>
          </>
        }
      >
        <ProviderFields
          isNew
          draft={draft}
          errorOf={errorOf}
          onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
        >
          <TextField
            label="Id"
            mono
            required
            help="By which sources, endpoints and the API call it; it cannot be changed later."
            value={id}
            error={errorOf('id')}
            onChange={(event) => setTypedId(event.target.value)}
          />
        </ProviderFields>
      </PaneForm>
    </DetailPane>
  )
}
