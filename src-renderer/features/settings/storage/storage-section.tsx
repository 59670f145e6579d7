import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { CopyButton } from '../../../ui/controls/copy-button.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { formatBytes, plural } from '../../../ui/format/size.ts'
import type { StorageView } from '#shared/contract/storage/storage.ts'
import { FactList } from '../../../ui/layout/fact-list.tsx'
import { KindSizes } from './kind-sizes.tsx'

export function StorageSection() {
  const api = useApi()
  const storage = useQuery(api.storage.show.queryOptions({ staleTime: 0 }))
  const [isMeasuring, setMeasuring] = useState(false)
  if (storage.isPending) return <SkeletonRows rows={5} />
  if (storage.data === undefined) {
    const retry = (): void => void storage.refetch()
    return <ErrorState title="The storage could not be read" error={storage.error} onRetry={retry} />
  }
  const { path, databaseBytes, freeBytes, logBytes, diskFreeBytes, backupBytes, copies } = storage.data
  return (
    <>
      <p className="text-muted">
        Everything that is captured, sent and answered lies in one database. Set under Retention how much of it stays.
      </p>
      <FactList
        facts={[
          [
            'Database',
            <span key="path" className="flex min-w-0 items-center gap-1.5">
              <span className="mono truncate" title={path}>
                {path}
              </span>
              <CopyButton iconOnly text={path} label="Copy the database’s path" />
            </span>,
          ],
          ['Size', formatBytes(databaseBytes)],
          ['Free inside', `${formatBytes(freeBytes)}, used again or given back`],
          ['Write-ahead log', formatBytes(logBytes)],
          ['Backups', formatBytes(backupBytes)],
          ['Free on the disk', diskFreeBytes === null ? 'The disk does not say' : formatBytes(diskFreeBytes)],
        ]}
      />
      {copies.length > 0 && <Copies copies={copies} />}
      {isMeasuring ? (
        <KindSizes />
      ) : (
        <div className="flex flex-col items-start gap-1.5">
          <Button onClick={() => setMeasuring(true)}>Measure by kind</Button>
          <p className="text-small text-muted">
            Reads the whole database, beside what delivers: a large one takes a while.
          </p>
        </div>
      )}
    </>
  )
}

function Copies({ copies }: Pick<StorageView, 'copies'>) {
  const bytes = copies.reduce((sum, copy) => sum + copy.bytes, 0)
  return (
    <details>
      <summary className="w-fit">
        {plural(copies.length, 'file')} kept by an update or a restore, {formatBytes(bytes)}
      </summary>
      <p className="my-2 text-small text-muted">
        What you delete here is still in them. Delete them by hand once you know that you do not need them.
      </p>
      <ul className="flex flex-col gap-1">
        {copies.map((copy) => (
          <li key={copy.path} className="mono break-all">
            {copy.path} <span className="text-muted">{formatBytes(copy.bytes)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
