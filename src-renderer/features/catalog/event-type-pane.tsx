import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { Send } from 'lucide-react'
import { useState } from 'react'
import type { EventTypeView } from '#shared/contract/catalog/event-types.ts'
import { useApi, useSession } from '../../platform/api/session.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { Button } from '../../ui/controls/button.tsx'
import { Tabs } from '../../ui/controls/tabs.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { Chip, DetailPane } from '../../ui/layout/detail-pane.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { JsonView } from '../../ui/payload/json/json-view.tsx'
import { CapturedSchema } from '../../ui/schema/captured-schema.tsx'
import { SchemaView } from '../../ui/schema/schema-view.tsx'
import { DeleteEventType } from './own/delete-own.tsx'
import { EditEventType } from './own/edit-event-type.tsx'
import { usePlaces } from './places.ts'
import { SendForm } from './send/send-form.tsx'

export function EventTypePane({ provider, name }: { provider: string; name: string }) {
  const places = usePlaces()
  const back = (): void => places.openProvider(provider)
  const { data, error, refetch } = useQuery(useApi().catalog.eventTypes.list.queryOptions({ input: { provider } }))
  const type = data?.items.find((each) => each.name === name)
  if (type !== undefined) return <Shown type={type} onClose={back} />
  if (data === undefined && error === null) return <SkeletonRows />
  return (
    <DetailPane title={name} onClose={back}>
      {error === null ? (
        <p className="px-4 py-3 text-muted">{provider} has no event type of this name.</p>
      ) : (
        <ErrorState title="This event type could not be read" error={error} onRetry={() => void refetch()} />
      )}
    </DetailPane>
  )
}

function Shown({ type, onClose }: { type: EventTypeView; onClose: () => void }) {
  const { showTab } = usePlaces()
  const { tab = 'sample' } = useSearch({ from: '/catalog' })
  const [isDeleting, setDeleting] = useState(false)
  return (
    <DetailPane
      title={type.name}
      onClose={onClose}
      actions={
        <>
          {tab !== 'send' && (
            <ActionButton action="catalog.send" look="primary" onAct={() => showTab('send')}>
              <Send size={13} /> Send to…
            </ActionButton>
          )}
          {!type.builtIn && (
            <ActionButton action="catalog.delete" look="danger" onAct={() => setDeleting(true)}>
              Delete…
            </ActionButton>
          )}
        </>
      }
      chips={
        <>
          <Link
            to="/catalog/$provider"
            params={{ provider: type.provider }}
            search={(old) => ({ q: 'q' in old ? old.q : undefined })}
            className="text-accent underline underline-offset-2"
          >
            {type.provider}
          </Link>
          <Chip>{type.builtIn ? 'built in' : 'own'}</Chip>
          <span>{type.description}</span>
        </>
      }
    >
      <Tabs
        label="About the event type"
        value={tab}
        onChange={showTab}
        tabs={[
          {
            id: 'sample',
            label: 'Sample',
            content: () => <JsonView label="Sample" text={JSON.stringify(type.sample)} />,
          },
          { id: 'schema', label: 'Schema', content: () => <SchemaTab type={type} /> },
          { id: 'captured', label: 'Captured', content: () => <CapturedTab type={type} /> },
          { id: 'send', label: 'Send to…', content: () => <SendForm type={type} /> },
          ...(type.builtIn ? [] : [{ id: 'edit', label: 'Edit', content: () => <EditEventType type={type} /> }]),
        ]}
      />
      {isDeleting && <DeleteEventType type={type} onClose={() => setDeleting(false)} onDeleted={onClose} />}
    </DetailPane>
  )
}

function SchemaTab({ type: { schema, inferred, name } }: { type: EventTypeView }) {
  return (
    <>
      <p className="px-4 pt-2 text-small text-muted">
        {inferred
          ? 'Read off the sample: it says no more than the sample shows.'
          : 'JSON Schema 2020-12, as it was written.'}
      </p>
      <SchemaView label="Schema" name={name} schema={schema} />
    </>
  )
}

function CapturedTab({ type }: { type: EventTypeView }) {
  const { api, queries } = useSession()
  const update = useMutation(
    api.catalog.eventTypes.update.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.catalog.key() })
        showDone('Saved. Events of this type are held against it from now on.')
      },
      onError: showError,
    }),
  )
  return (
    <CapturedSchema type={type.name} provider={type.builtIn ? type.provider : null}>
      {({ schema, newest }) =>
        type.builtIn ? null : (
          <Button
            disabled={update.isPending}
            onClick={() => update.mutate({ id: type.id, schema: schema as never, sample: newest as never })}
          >
            Save as this type’s schema
          </Button>
        )
      }
    </CapturedSchema>
  )
}
