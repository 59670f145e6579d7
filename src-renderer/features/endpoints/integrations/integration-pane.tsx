import { useQuery } from '@tanstack/react-query'
import type { IntegrationView } from '#shared/contract/operations/integrations.ts'
import { useApi } from '../../../platform/api/session.ts'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { Chip, DetailPane } from '../../../ui/layout/detail-pane.tsx'
import { ChangeMarks } from '../runbook/change-marks.tsx'
import { Runbook } from '../runbook/runbook.tsx'
import { IntegrationForm } from './integration-form.tsx'
import { integrationLook } from './integration-row.tsx'

/** One integration as a runbook; before it is set up, only its form. */
export function IntegrationPane({ integration, onClose }: { integration: IntegrationView; onClose: () => void }) {
  const endpointId = integration.id
  const form = <IntegrationForm key={integration.version} integration={integration} />
  if (endpointId === null)
    return (
      <DetailPane title={integration.name} onClose={onClose}>
        <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto border-t border-line px-4 py-4">
          <p className="text-muted">
            Not set up yet. It begins in test mode: events are built, checked and logged, and nothing is sent.
          </p>
          {form}
        </div>
      </DetailPane>
    )
  return <Configured integration={integration} endpointId={endpointId} form={form} onClose={onClose} />
}

function Configured({
  integration,
  endpointId,
  form,
  onClose,
}: {
  integration: IntegrationView
  endpointId: string
  form: React.ReactNode
  onClose: () => void
}) {
  const endpoint = useQuery(useApi().endpoints.get.queryOptions({ input: { id: endpointId } }))
  return (
    <DetailPane
      title={integration.name}
      id={endpointId}
      onClose={onClose}
      chips={
        <>
          <Chip>
            <StateMark look={integrationLook(integration)} />
          </Chip>
          {integration.testMode && <Chip>test mode</Chip>}
          <Chip>version {integration.version}</Chip>
          {endpoint.data !== undefined && <ChangeMarks endpoint={endpoint.data} />}
        </>
      }
    >
      {endpoint.data !== undefined ? (
        <div className="flex min-h-0 grow flex-col border-t border-line">
          <Runbook endpoint={endpoint.data} form={form} />
        </div>
      ) : endpoint.isError ? (
        <ErrorState
          title="The integration could not be read"
          error={endpoint.error}
          onRetry={() => void endpoint.refetch()}
        />
      ) : (
        <SkeletonRows />
      )}
    </DetailPane>
  )
}
