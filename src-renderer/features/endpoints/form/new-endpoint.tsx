import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { DetailPane } from '../../../ui/layout/detail-pane.tsx'
import { PaneForm } from '../../../ui/layout/pane-form.tsx'
import { EMPTY_DRAFT, ENDPOINT_FIELDS, toCreateInput } from './draft.ts'
import { EndpointFields } from './endpoint-fields.tsx'
import { SecretOnce } from './secret-once.tsx'

export function NewEndpoint({ onCreated, onClose }: { onCreated: (id: string) => void; onClose: () => void }) {
  const { api, queries } = useSession()
  const [draft, setDraft] = useState(EMPTY_DRAFT)
  const create = useMutation(
    api.endpoints.create.mutationOptions({
      // Its answer holds a secret: it goes with this view.
      gcTime: 0,
      onSuccess: async (created) => {
        await queries.invalidateQueries({ queryKey: api.endpoints.key() })
        if (created.secret === null) onCreated(created.id)
      },
    }),
  )
  const { errorOf, general } = fieldErrors(create.error, ENDPOINT_FIELDS)
  return (
    <DetailPane title="New endpoint" onClose={onClose}>
      <PaneForm
        general={general}
        onSubmit={() => create.mutate(toCreateInput(draft))}
        actions={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" disabled={create.isPending}>
              Create endpoint
            </Button>
          </>
        }
      >
        <EndpointFields
          draft={draft}
          isNew
          errorOf={errorOf}
          onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
        />
      </PaneForm>
      {create.data !== undefined && create.data.secret !== null && (
        <SecretOnce
          name={create.data.name}
          signedBy={create.data.signedBy}
          secret={create.data.secret}
          onStored={() => onCreated(create.data.id)}
        />
      )}
    </DetailPane>
  )
}
