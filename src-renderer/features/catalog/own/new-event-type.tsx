import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { DetailPane } from '../../../ui/layout/detail-pane.tsx'
import { usePlaces } from '../places.ts'
import { type EventTypeDraft, EventTypeFields, readDraft } from './event-type-fields.tsx'
import { PaneForm } from '../../../ui/layout/pane-form.tsx'

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
  const { errorOf, general } = fieldErrors(create.error, ['name'])
  const back = (): void => places.openProvider(provider)
  return (
    <DetailPane title={`New event type of ${provider}`} onClose={back}>
      <PaneForm
        general={general}
        onSubmit={() => {
          if (read !== null) create.mutate({ provider, name, description: draft.description, ...read })
        }}
        actions={
          <>
            <Button onClick={back}>Cancel</Button>
            <Button type="submit" look="primary" disabled={create.isPending || read === null}>
              Create event type
            </Button>
          </>
        }
      >
        <TextField
          label="Name"
          mono
          required
          autoFocus
          placeholder="order.created"
          help="As the sender writes it; it cannot be changed later."
          value={name}
          error={errorOf('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <EventTypeFields draft={draft} onChange={(change) => setDraft((old) => ({ ...old, ...change }))} />
      </PaneForm>
    </DetailPane>
  )
}
