import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import { fieldErrors } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { PaneForm } from '../../../ui/layout/pane-form.tsx'
import { useRollback } from '../runbook/use-rollback.ts'
import { DropDialog, wouldDrop } from './drop-dialog.tsx'
import { changesOf, draftOf, ENDPOINT_FIELDS } from './draft.ts'
import { EndpointFields } from './endpoint-fields.tsx'

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
  const { errorOf, general } = fieldErrors(isAsked ? null : update.error, ENDPOINT_FIELDS)
  const save = (): void => update.mutate({ id: endpoint.id, ...changes })
  const discard = (): void => {
    setDraft(saved)
    update.reset()
  }
  return (
    <>
      <PaneForm
        isTabbed
        general={general}
        onSubmit={save}
        actions={
          isChanged && (
            <>
              <Button onClick={discard}>Discard changes</Button>
              <Button type="submit" look="primary" disabled={update.isPending}>
                Save
              </Button>
            </>
          )
        }
      >
        <EndpointFields
          draft={draft}
          isNew={false}
          errorOf={errorOf}
          onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
        />
      </PaneForm>
      {isAsked && (
        <DropDialog
          error={update.error}
          isBusy={update.isPending}
          onConfirm={() => update.mutate({ id: endpoint.id, ...changes, confirm: true })}
          onClose={update.reset}
        />
      )}
    </>
  )
}
