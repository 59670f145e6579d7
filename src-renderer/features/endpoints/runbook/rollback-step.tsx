import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { SnapshotView } from '#shared/contract/operations/snapshots.ts'
import { useApi } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { plural } from '../../../ui/format/size.ts'
import { fullTime, relativeTime } from '../../../ui/format/time.ts'
import { useNow } from '../../../ui/format/use-now.ts'
import { FieldChanges } from './field-changes.tsx'
import { RestoreDialog } from './restore-dialog.tsx'
import { Step } from './step.tsx'

const SHOWN = 20

/** Every change that was made, and the way back to any of them. */
export function RollbackStep({ endpoint }: { endpoint: EndpointView }) {
  const snapshots = useQuery(
    useApi().operations.snapshots.list.queryOptions({ input: { id: endpoint.id, limit: SHOWN } }),
  )
  const [restoring, setRestoring] = useState<SnapshotView | null>(null)
  return (
    <Step number={5} title="Rollback" state={`version ${endpoint.version} is current`}>
      {snapshots.data === undefined ? (
        snapshots.isError ? (
          <ErrorState
            title="The snapshots could not be read"
            error={snapshots.error}
            onRetry={() => void snapshots.refetch()}
          />
        ) : (
          <SkeletonRows rows={2} />
        )
      ) : (
        <ol aria-label="Snapshots" className="flex flex-col">
          {snapshots.data.items.map((snapshot) => (
            <SnapshotLine key={snapshot.id} snapshot={snapshot} onRestore={() => setRestoring(snapshot)} />
          ))}
        </ol>
      )}
      {restoring !== null && (
        <RestoreDialog endpoint={endpoint} snapshot={restoring} onClose={() => setRestoring(null)} />
      )}
    </Step>
  )
}

function SnapshotLine({ snapshot, onRestore }: { snapshot: SnapshotView; onRestore: () => void }) {
  const now = useNow()
  const { number, actor, createdAt, isCurrent, sameAs, changes, before, test } = snapshot
  const what = before === null ? 'created' : plural(changes.length, 'field')
  const tested = test === null ? 'not tested' : test.passed ? 'tested' : 'test failed'
  return (
    <li className="flex items-start gap-2 border-t border-line/55 py-1.5 first:border-t-0">
      <details className="min-w-0 grow">
        <summary>
          <span className="font-medium">Version {number}</span>
          <span className="text-muted" title={fullTime(createdAt)}>
            {' '}
            · {what}
            {sameAs !== null && `, back to version ${sameAs}`} · {actor} · {relativeTime(createdAt, now)} · {tested}
          </span>
        </summary>
        <div className="mt-1.5 pl-4">
          {before === null ? (
            <p className="text-small text-muted">The first version.</p>
          ) : (
            <FieldChanges changes={changes} />
          )}
        </div>
      </details>
      {isCurrent ? (
        <span className="text-small text-muted">current</span>
      ) : (
        <Button aria-label={`Restore version ${number}`} onClick={onRestore}>
          Restore…
        </Button>
      )}
    </li>
  )
}
