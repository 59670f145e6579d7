import { useMutation, useQuery } from '@tanstack/react-query'
import { DatabaseBackup } from 'lucide-react'
import { useSession } from '../../../platform/api/session.ts'
import { ActionButton } from '../../../ui/controls/action-button.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { showError } from '../../../ui/feedback/toast.tsx'
import { BackupRow } from './backup-row.tsx'

/** While one is made, its progress is asked for this often. */
const LOOK_EVERY_MS = 400

export function BackupsSection() {
  const { api, queries } = useSession()
  const list = useQuery(
    api.backups.list.queryOptions({
      staleTime: 0,
      refetchInterval: ({ state: { data } }) =>
        data?.items.some(({ state }) => state === 'running') === true ? LOOK_EVERY_MS : false,
    }),
  )
  const create = useMutation(
    api.backups.create.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.backups.key() }),
      onError: showError,
    }),
  )
  const items = list.data?.items ?? []
  const isRunning = items.some(({ state }) => state === 'running')
  return (
    <>
      <p className="text-muted">
        A backup is the whole database in one file, made while everything goes on. Secrets in it stay sealed: keep the
        key file too, in another place.
      </p>
      <ActionButton
        action="backup.create"
        look="primary"
        className="self-start"
        blocked={create.isPending || isRunning ? 'One is being made' : null}
        onAct={() => create.mutate(undefined)}
      >
        <DatabaseBackup size={13} /> Back up now
      </ActionButton>
      {list.isPending ? (
        <SkeletonRows rows={2} />
      ) : list.data === undefined ? (
        <ErrorState title="The backups could not be read" error={list.error} onRetry={() => void list.refetch()} />
      ) : items.length === 0 ? (
        <p>No backup yet. Make one before you update, and before you delete much.</p>
      ) : (
        <ul aria-label="Backups" className="border-t border-line">
          {items.map((backup) => (
            <BackupRow key={backup.id} backup={backup} />
          ))}
        </ul>
      )}
    </>
  )
}
