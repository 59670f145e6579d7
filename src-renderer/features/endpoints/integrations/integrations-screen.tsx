import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useApi } from '../../../platform/api/session.ts'
import { currentProject } from '../../../platform/current-project.ts'
import { useObservable } from '../../../platform/browser/observable.ts'
import { useActions } from '../../../platform/actions/bound-actions.ts'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { Bar } from '../../../ui/layout/bar.tsx'
import { RowList } from '../../../ui/layout/row-list.tsx'
import { SplitPane } from '../../../ui/layout/split-pane.tsx'
import { useCursor } from '../../../ui/layout/use-cursor.ts'
import { EndpointKinds } from '../endpoint-kinds.tsx'
import { IntegrationPane } from './integration-pane.tsx'
import { IntegrationListHeader, IntegrationRow } from './integration-row.tsx'

/** The destinations of a known kind that this project can have. */
export function IntegrationsScreen() {
  const navigate = useNavigate()
  const { provider = null } = useParams({ strict: false })
  const api = useApi()
  const slug = useObservable(currentProject)
  const projects = useQuery(api.projects.list.queryOptions({ input: undefined }))
  const siteId = projects.data?.items.find((project) => project.slug === slug)?.siteId ?? ''
  const list = useQuery(api.integrations.list.queryOptions({ input: { siteId }, enabled: siteId !== '' }))
  const items = (list.data?.items ?? []).map((integration) => ({ id: integration.provider as string, integration }))
  const [cursorId, setCursorId] = useCursor(provider)
  const open = (id: string, replace = false): void =>
    void navigate({ to: '/integrations/$provider', params: { provider: id }, replace })
  const close = (): void => void navigate({ to: '/integrations' })
  useActions({ 'list.close': close })
  const opened = items.find(({ id }) => id === provider)
  const failed = list.isError ? list : projects.isError ? projects : null

  return (
    <>
      <Bar label="Integrations">
        <EndpointKinds />
      </Bar>
      <SplitPane
        name="integrations"
        list={
          list.data !== undefined ? (
            <RowList
              label="Integrations"
              header={<IntegrationListHeader />}
              items={items}
              renderRow={({ integration }) => <IntegrationRow integration={integration} />}
              cursorId={cursorId}
              onCursor={(id) => {
                setCursorId(id)
                if (provider !== null) open(id, true)
              }}
              onOpen={(id) => open(id)}
            />
          ) : failed !== null ? (
            <ErrorState
              title="The integrations could not be read"
              error={failed.error}
              onRetry={() => void failed.refetch()}
            />
          ) : (
            <SkeletonRows />
          )
        }
        detail={
          opened === undefined ? null : (
            <IntegrationPane key={opened.id} integration={opened.integration} onClose={close} />
          )
        }
      />
    </>
  )
}
