import { useQuery } from '@tanstack/react-query'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { SnapshotView } from '#shared/contract/operations/snapshots.ts'
import { useApi } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'
import { FieldChanges } from './field-changes.tsx'
import { useRollback } from './use-rollback.ts'

/** Shows what a rollback would change before it does. */
export function RestoreDialog({
  endpoint,
  snapshot,
  onClose,
}: {
  endpoint: EndpointView
  snapshot: Pick<SnapshotView, 'id' | 'number'>
  onClose: () => void
}) {
  const input = { id: endpoint.id, from: endpoint.versionId, to: snapshot.id }
  const compared = useQuery(useApi().operations.snapshots.compare.queryOptions({ input })).data
  const rollback = useRollback(onClose)
  return (
    <Dialog title={`Restore version ${snapshot.number} of ${endpoint.name}`} onClose={onClose} wide>
      <DialogBody>
        <p>
          It becomes a new version, so nothing is lost by it. Secrets are meant by name: their values stay as they are
          now.
        </p>
        {compared === undefined ? (
          <p className="text-muted">Comparing…</p>
        ) : (
          <FieldChanges changes={compared.changes} />
        )}
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          data-first
          disabled={rollback.isPending}
          // What it drops stands above.
          onClick={() => rollback.mutate({ id: endpoint.id, snapshotId: snapshot.id, confirm: true })}
        >
          Restore version {snapshot.number}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
