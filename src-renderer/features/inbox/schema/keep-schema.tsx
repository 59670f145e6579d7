import { useMutation } from '@tanstack/react-query'
import type { EventDetail, EventSchemaView } from '#shared/contract/events.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { showDone, showError } from '../../../ui/feedback/toast.tsx'
import type { Captured } from '../../../ui/schema/captured-schema.tsx'

/** The type’s own provider signs as it does; one that none is known of is signed in the common way. */
const NO_PROVIDER = 'standard-webhooks'

/** Keeps what captured events have in common as the schema of their type, or adds the type to the catalog with it. */
export function KeepSchema({
  event,
  type,
  captured: { schema, newest },
}: {
  event: EventDetail
  type: EventSchemaView['type']
  captured: Captured
}) {
  const { api, queries } = useSession()
  const done = (words: string) => ({
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: api.catalog.key() })
      await queries.invalidateQueries({ queryKey: api.events.schema.key() })
      showDone(words)
    },
    onError: showError,
  })
  const update = useMutation(
    api.catalog.eventTypes.update.mutationOptions(done('Saved. Events of this type are held against it from now on.')),
  )
  const create = useMutation(
    api.catalog.eventTypes.create.mutationOptions(done(`Added ${event.type} to the catalog, with this schema.`)),
  )
  const sample = newest as never
  const kept = schema as never
  if (type === null) {
    return (
      <Button
        disabled={create.isPending}
        onClick={() =>
          create.mutate({ provider: event.provider ?? NO_PROVIDER, name: event.type, schema: kept, sample })
        }
      >
        Add to the catalog with this schema
      </Button>
    )
  }
  if (type.builtIn) return <span>{type.name} ships with Hookloop: its schema stays as it is.</span>
  return (
    <Button disabled={update.isPending} onClick={() => update.mutate({ id: type.id, schema: kept, sample })}>
      Save as this type’s schema
    </Button>
  )
}
