import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { EventTypeView } from '#shared/contract/catalog/event-types.ts'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { draftOf, EventTypeFields, readDraft } from './event-type-fields.tsx'

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
  const refusal = update.error === null ? null : refusalOf(update.error)
  return (
    <form
      className="flex min-h-0 grow flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        if (read !== null) update.mutate({ id: type.id, description: draft.description, ...read })
      }}
    >
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">
        <EventTypeFields draft={draft} onChange={(change) => setDraft((old) => ({ ...old, ...change }))} />
      </div>
      {isChanged && (
        <footer className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-4 py-2.5">
          {refusal !== null && (
            <p role="alert" className="mr-auto text-fail">
              {refusal.message} {refusal.hint}
            </p>
          )}
          <Button onClick={() => setDraft(saved)}>Undo</Button>
          <Button type="submit" look="primary" disabled={update.isPending || read === null}>
            Save
          </Button>
        </footer>
      )}
    </form>
  )
}
