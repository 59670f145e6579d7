import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { useRollback } from '../runbook/use-rollback.ts'
import { DropDialog, wouldDrop } from './drop-dialog.tsx'
import { changesOf, draftOf } from './draft.ts'
import { EndpointFields } from './endpoint-fields.tsx'
import { fieldErrors } from './field-errors.ts'

/** The settings of an endpoint, ready to be changed. Saving makes a new version. */
export function EditEndpoint({ endpoint }: { endpoint: EndpointView }) {
  const { api, queries } = useSession()
  const saved = draftOf(endpoint)
  const [draft, setDraft] = useState(saved)
  const changes = changesOf(saved, draft)
  const isChanged = Object.keys(changes).length > 0
  const rollback = useRollback()
  const update = useMutation(
    api.endpoints.update.mutationOptions({
      onSuccess: async (updated) => {
        await queries.invalidateQueries({ queryKey: api.endpoints.key() })
        // What was typed as a secret leaves the page.
        setDraft(draftOf(updated))
        const undo = () => rollback.mutate({ id: endpoint.id, snapshotId: endpoint.versionId, confirm: true })
        const isNew = updated.versionId !== endpoint.versionId
        showDone(`Saved as version ${updated.version}.`, isNew ? { label: 'Undo', run: undo } : null)
      },
    }),
  )
  const isAsked = wouldDrop(update.error)
  const { errorOf, general } = fieldErrors(isAsked ? null : update.error)
  return (
    <form
      className="flex min-h-0 grow flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        update.mutate({ id: endpoint.id, ...changes })
      }}
    >
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">
        <EndpointFields
          draft={draft}
          isNew={false}
          own={draft.policy === saved.policy ? endpoint.policy : null}
          errorOf={errorOf}
          onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
        />
      </div>
      {(isChanged || general !== null) && (
        <footer className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-4 py-2.5">
          {general !== null && (
            <p role="alert" className="mr-auto text-fail">
              {general}
            </p>
          )}
          <Button onClick={() => setDraft(saved)}>Undo</Button>
          <Button type="submit" look="primary" disabled={update.isPending}>
            Save
          </Button>
        </footer>
      )}
      {isAsked && (
        <DropDialog
          error={update.error}
          isBusy={update.isPending}
          onConfirm={() => update.mutate({ id: endpoint.id, ...changes, confirm: true })}
          onClose={update.reset}
        />
      )}
    </form>
  )
}
