import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { EventTypeView } from '#shared/contract/catalog/event-types.ts'
import { fieldErrors } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { draftOf, EventTypeFields, readDraft } from './event-type-fields.tsx'
import { PaneForm } from '../../../ui/layout/pane-form.tsx'

export function EditEventType({ type }: { type: EventTypeView }) {
  const { api, queries } = useSession()
  const saved = draftOf(type)
  const [draft, setDraft] = useState(saved)
  const read = readDraft(draft)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved)
  const update = useMutation(
    api.catalog.eventTypes.update.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.catalog.key() })
        showDone('Saved.')
      },
    }),
  )
  const { general } = fieldErrors(update.error, [])
  return (
    <PaneForm
      isTabbed
      general={general}
      onSubmit={() => {
        if (read !== null) update.mutate({ id: type.id, description: draft.description, ...read })
      }}
      actions={
        isChanged && (
          <>
            <Button onClick={() => setDraft(saved)}>Discard changes</Button>
            <Button type="submit" look="primary" disabled={update.isPending || read === null}>
              Save
            </Button>
          </>
        )
      }
    >
      <EventTypeFields draft={draft} onChange={(change) => setDraft((old) => ({ ...old, ...change }))} />
    </PaneForm>
  )
}
