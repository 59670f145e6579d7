import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useNavigateUnlessLeft } from '../../platform/browser/navigate-unless-left.ts'
import { useMay } from '../../platform/api/caller.ts'
import { useApi } from '../../platform/api/session.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { Button } from '../../ui/controls/button.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { plural } from '../../ui/format/size.ts'
import { Bar } from '../../ui/layout/bar.tsx'
import { RowList } from '../../ui/layout/row-list.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useCursor } from '../../ui/layout/use-cursor.ts'
import { EmptyWorkflows } from './empty-workflows.tsx'
import { NewWorkflow } from './form/new-workflow.tsx'
import { WorkflowDetailPane } from './workflow-detail-pane.tsx'
import { WorkflowListHeader, WorkflowRow } from './workflow-row.tsx'

/** No workflow can be called so: names begin and end with a letter or digit. */
const NEW = '-'

export function WorkflowsScreen() {
  const navigate = useNavigateUnlessLeft()
  const { workflow: name = null } = useParams({ strict: false })
  const list = useQuery(useApi().workflows.list.queryOptions({ input: {} }))
  const mayWrite = useMay('workflows:write')
  const workflows = list.data?.items ?? []
  const [cursorId, setCursorId] = useCursor(name)
  const open = (workflow: string, replace = false): void =>
    void navigate({ to: '/workflows/$workflow', params: { workflow }, search: {}, replace })
  const close = (): void => void navigate({ to: '/workflows', search: {} })
  useActions({ 'list.close': close, 'list.new': () => open(NEW) })
  const opened = workflows.find((workflow) => workflow.name === name)

  return (
    <>
      <Bar label="Workflows">
        <span className="grow text-muted">{workflows.length > 0 && plural(workflows.length, 'workflow')}</span>
        <Button look="primary" disabled={!mayWrite} onClick={() => open(NEW)}>
          <Plus size={13} /> New workflow
        </Button>
      </Bar>
      <SplitPane
        name="workflows"
        list={
          list.isPending ? (
            <SkeletonRows />
          ) : list.isError && list.data === undefined ? (
            <ErrorState
              title="The workflows could not be read"
              error={list.error}
              onRetry={() => void list.refetch()}
            />
          ) : workflows.length === 0 ? (
            <EmptyWorkflows onCreate={() => open(NEW)} />
          ) : (
            <RowList
              label="Workflows"
              header={<WorkflowListHeader />}
              items={workflows.map((workflow) => ({ id: workflow.name, workflow }))}
              renderRow={({ workflow }) => <WorkflowRow workflow={workflow} />}
              cursorId={cursorId}
              onCursor={(id) => {
                setCursorId(id)
                if (name !== null) open(id, true)
              }}
              onOpen={(id) => open(id)}
            />
          )
        }
        detail={
          name === NEW ? (
            <NewWorkflow onCreated={(created) => open(created)} onClose={close} />
          ) : opened === undefined ? null : (
            <WorkflowDetailPane key={opened.name} workflow={opened} onClose={close} />
          )
        }
      />
    </>
  )
}
