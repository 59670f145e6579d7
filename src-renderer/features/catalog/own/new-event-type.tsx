import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { DetailPane } from '../../../ui/layout/detail-pane.tsx'
import { usePlaces } from '../places.ts'
import { type EventTypeDraft, EventTypeFields, readDraft } from './event-type-fields.tsx'

const EMPTY: EventTypeDraft = { description: '', schema: '', sample: '{\n  "id": "o_1001",\n  "total": 49\n}' }

export function NewEventType({ provider }: { provider: string }) {
  const { api, queries } = useSession()
  const places = usePlaces()
  const [name, setName] = useState('')
  const [draft, setDraft] = useState(EMPTY)
  const read = readDraft(draft)
  const create = useMutation(
    api.catalog.eventTypes.create.mutationOptions({
      onSuccess: async (created) => {
        await queries.invalidateQueries({ queryKey: api.catalog.key() })
        showDone(`${created.name} is in the catalog.`)
        places.openType(provider, created.name)
      },
    }),
  )
  const refusal = create.error === null ? null : refusalOf(create.error)
  const words = refusal && `${refusal.message} ${refusal.hint ?? ''}`
  const back = (): void => places.openProvider(provider)
  return (
    <DetailPane title={`New event type of ${provider}`} onClose={back}>
      <form
        className="flex min-h-0 grow flex-col border-t border-line"
        onSubmit={(event) => {
          event.preventDefault()
          if (read !== null) create.mutate({ provider, name, description: draft.description, ...read })
        }}
      >
        <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">
          <TextField
            label="Name"
            mono
            required
            autoFocus
            placeholder="order.created"
            help="As the sender writes it; it cannot be changed later."
            value={name}
            error={refusal?.field === 'name' ? words : null}
            onChange={(event) => setName(event.target.value)}
          />
          <EventTypeFields draft={draft} onChange={(change) => setDraft((old) => ({ ...old, ...change }))} />
        </div>
        <footer className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-4 py-2.5">
          {refusal !== null && refusal.field !== 'name' && (
            <p role="alert" className="mr-auto text-fail">
              {words}
            </p>
          )}
          <Button onClick={back}>Cancel</Button>
          <Button type="submit" look="primary" disabled={create.isPending || read === null}>
            Create event type
          </Button>
        </footer>
      </form>
    </DetailPane>
  )
}
