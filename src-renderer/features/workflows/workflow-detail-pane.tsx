import { Link, useParams, useSearch } from '@tanstack/react-router'
import { Play } from 'lucide-react'
import { useState } from 'react'
import type { WorkflowView } from '#shared/contract/workflows/workflows.ts'
import { useNavigateUnlessLeft } from '../../platform/browser/navigate-unless-left.ts'
import { useMay } from '../../platform/api/caller.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { Tabs } from '../../ui/controls/tabs.tsx'
import { plural } from '../../ui/format/size.ts'
import { fullTime, relativeTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'
import { Chip, DetailPane } from '../../ui/layout/detail-pane.tsx'
import { CiTab } from './ci/ci-tab.tsx'
import { DeleteWorkflow } from './delete-workflow.tsx'
import { EditWorkflow } from './form/edit-workflow.tsx'
import { skippedWords } from './run-words.ts'
import { RunDetail } from './runs/run-detail.tsx'
import { RunsTab } from './runs/runs-tab.tsx'
import { useStartRun } from './runs/use-start-run.ts'
import { StartDialog } from './runs/start-dialog.tsx'

export function WorkflowDetailPane({ workflow, onClose }: { workflow: WorkflowView; onClose: () => void }) {
  const navigate = useNavigateUnlessLeft()
  const { runId = null } = useParams({ strict: false })
  const { tab = 'runs' } = useSearch({ from: '/workflows' })
  const [asking, setAsking] = useState<'start' | 'delete' | null>(null)
  const { name } = workflow
  const showRun = (id: string): void =>
    void navigate({ to: '/workflows/$workflow/$runId', params: { workflow: name, runId: id }, search: {} })
  const start = useStartRun(name, showRun)
  const mayRun = useMay('workflows:run')
  const mayWrite = useMay('workflows:write')
  const hasChoices = Object.keys(workflow.variables).length > 0 || workflow.targets.some(({ tags }) => tags.length > 0)
  return (
    <DetailPane
      title={name}
      onClose={onClose}
      actions={
        <>
          <ActionButton
            action="workflow.run"
            look="primary"
            blocked={mayRun ? (start.isPending ? 'One moment' : null) : 'This key may not: it lacks workflows:run'}
            onAct={() => (hasChoices ? setAsking('start') : start.mutate({ name }))}
          >
            <Play size={12} /> {hasChoices ? 'Run…' : 'Run'}
          </ActionButton>
          <ActionButton
            action="workflow.delete"
            look="danger"
            blocked={mayWrite ? null : 'This key may not: it lacks workflows:write'}
            onAct={() => setAsking('delete')}
          >
            Delete…
          </ActionButton>
        </>
      }
      chips={<Chips workflow={workflow} />}
    >
      <SkippedNote workflow={workflow} />
      <Tabs
        label="Workflow"
        value={tab}
        onChange={(next) =>
          void navigate({
            to: '/workflows/$workflow',
            params: { workflow: name },
            search: { tab: next },
            replace: true,
          })
        }
        tabs={[
          {
            id: 'runs',
            label: 'Runs',
            content: () =>
              runId === null ? (
                <RunsTab workflow={workflow} onOpen={showRun} />
              ) : (
                <RunDetail key={runId} workflow={workflow} runId={runId} onRetried={showRun} />
              ),
          },
          {
            id: 'definition',
            label: 'Definition',
            content: () => <EditWorkflow key={workflow.updatedAt} workflow={workflow} />,
          },
          { id: 'ci', label: 'CI', content: () => <CiTab workflow={workflow} /> },
        ]}
      />
      {asking === 'start' && <StartDialog workflow={workflow} onStarted={showRun} onClose={() => setAsking(null)} />}
      {asking === 'delete' && (
        <DeleteWorkflow workflow={workflow} onClose={() => setAsking(null)} onDeleted={onClose} />
      )}
    </DetailPane>
  )
}

function Chips({ workflow }: { workflow: WorkflowView }) {
  const now = useNow()
  const { targets, events, nextStartAt, gate, description } = workflow
  return (
    <>
      <Chip>{plural(targets.length, 'target')}</Chip>
      <Chip>{plural(events.length, 'event')}</Chip>
      {nextStartAt !== null && (
        <Chip>
          <span title={fullTime(nextStartAt)}>starts {relativeTime(nextStartAt, now)}</span>
        </Chip>
      )}
      {gate !== null && (
        <Link
          to="/endpoints/$endpointId"
          params={{ endpointId: gate.endpointId }}
          className="text-accent underline underline-offset-2"
        >
          CI gate of an endpoint
        </Link>
      )}
      {description !== '' && <span className="min-w-0 truncate">{description}</span>}
    </>
  )
}

/** Says which starts by schedule did not come about. */
function SkippedNote({ workflow }: { workflow: WorkflowView }) {
  const now = useNow()
  const words = skippedWords(workflow)
  if (words === null || workflow.skipped === null) return null
  return (
    <p className="mx-4 mb-2 border-l-2 border-held bg-held/9 px-2.5 py-1 text-small">
      {words} <span title={fullTime(workflow.skipped.at)}>Last {relativeTime(workflow.skipped.at, now)}.</span>
    </p>
  )
}
