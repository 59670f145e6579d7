import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { ProviderDetail } from '#shared/contract/catalog/providers.ts'
import { useApi } from '../../platform/api/session.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { Tabs } from '../../ui/controls/tabs.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { Chip, DetailPane } from '../../ui/layout/detail-pane.tsx'
import { VerificationCode } from '../../ui/snippets/verification-code.tsx'
import { DeliveryTab } from './delivery-tab.tsx'
import { DeleteProvider } from './own/delete-own.tsx'
import { EditProvider } from './own/edit-provider.tsx'
import { NEW, usePlaces } from './places.ts'
import { SigningTab } from './signing-tab.tsx'

export function ProviderPane({ id }: { id: string }) {
  const places = usePlaces()
  const { tab = 'types' } = useSearch({ from: '/catalog' })
  const { data, error, refetch } = useQuery(useApi().catalog.providers.get.queryOptions({ input: { id } }))
  const [isDeleting, setDeleting] = useState(false)
  if (error !== null && data === undefined) {
    return (
      <DetailPane title={id} onClose={places.close}>
        <ErrorState title="This provider could not be read" error={error} onRetry={() => void refetch()} />
      </DetailPane>
    )
  }
  if (data === undefined) return <SkeletonRows />
  const { definition } = data
  return (
    <DetailPane
      title={data.name}
      id={data.id}
      onClose={places.close}
      actions={
        definition !== null && (
          <ActionButton action="catalog.delete" look="danger" onAct={() => setDeleting(true)}>
            Delete…
          </ActionButton>
        )
      }
      chips={
        <>
          <Chip>{data.builtIn ? 'built in' : 'own'}</Chip>
          <Chip>{data.signs ? 'signs' : 'does not sign'}</Chip>
          {data.facts.unconfirmed !== null && <Chip tone="border-retry/50 text-retry">unconfirmed in part</Chip>}
        </>
      }
    >
      <Tabs
        label="About the provider"
        value={tab}
        onChange={places.showTab}
        tabs={[
          {
            id: 'types',
            label: 'Event types',
            count: data.eventTypes.length,
            content: () => <TypesTab provider={data} />,
          },
          { id: 'signing', label: 'Signing', content: () => <SigningTab provider={data} /> },
          ...(data.signs
            ? [{ id: 'code', label: 'Code', content: () => <VerificationCode id={data.id} name={data.name} /> }]
            : []),
          { id: 'delivery', label: 'Delivery', content: () => <DeliveryTab provider={data} /> },
          ...(definition === null
            ? []
            : [{ id: 'edit', label: 'Edit', content: () => <EditProvider id={data.id} definition={definition} /> }]),
        ]}
      />
      {isDeleting && <DeleteProvider provider={data} onClose={() => setDeleting(false)} onDeleted={places.close} />}
    </DetailPane>
  )
}

function TypesTab({ provider: { id, name, eventTypes } }: { provider: ProviderDetail }) {
  const { openType } = usePlaces()
  return (
    <div className="min-h-0 grow overflow-y-auto">
      {eventTypes.length === 0 && (
        <p className="px-4 pt-3 text-muted">
          {name} has no event type yet. Add one with a sample, and it can be sent to any receiver.
        </p>
      )}
      <ul aria-label="Event types">
        {eventTypes.map((type) => (
          <li key={type.name} className="border-b border-line/55">
            <Link
              to="/catalog/$provider/$type"
              params={{ provider: id, type: type.name }}
              search={(old) => ({ q: 'q' in old ? old.q : undefined })}
              className="flex flex-col px-4 py-1.5 hover:bg-raise"
            >
              <span className="flex items-center gap-2">
                <span className="mono">{type.name}</span>
                {!type.builtIn && <span className="text-mini text-accent">own</span>}
              </span>
              <span className="text-small text-muted">{type.description}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div className="px-4 py-3">
        <ActionButton action="catalog.new_type" onAct={() => openType(id, NEW)}>
          <Plus size={13} /> Add an event type
        </ActionButton>
      </div>
    </div>
  )
}
