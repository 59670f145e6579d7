import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { DetailPane } from '../../../ui/layout/detail-pane.tsx'
import { EMPTY_DRAFT, toCreateInput } from './draft.ts'
import { EndpointFields } from './endpoint-fields.tsx'
import { fieldErrors } from './field-errors.ts'
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
  const { errorOf, general } = fieldErrors(create.error)
  return (
    <DetailPane title="New endpoint" onClose={onClose}>
      <form
        className="flex min-h-0 grow flex-col border-t border-line"
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate(toCreateInput(draft))
        }}
      >
        <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">
          <EndpointFields
            draft={draft}
            isNew
            own={null}
            errorOf={errorOf}
            onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
          />
        </div>
        <footer className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-4 py-2.5">
          {general !== null && (
            <p role="alert" className="mr-auto text-fail">
              {general}
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={create.isPending}>
            Create endpoint
          </Button>
        </footer>
      </form>
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
