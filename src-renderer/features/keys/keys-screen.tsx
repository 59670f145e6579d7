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
import { EmptyKeys } from './empty-keys.tsx'
import { NewKey } from './form/new-key.tsx'
import { KeyDetailPane } from './key-detail-pane.tsx'
import { KeyListHeader, KeyRow } from './key-row.tsx'

const NEW = 'new'
const MAY_NOT_MAKE = 'This key may not: it lacks keys:write'
/** No change is told when a key is used. */
const READ_AGAIN_MS = 10_000

export function KeysScreen() {
  const navigate = useNavigateUnlessLeft()
  const { keyId = null } = useParams({ strict: false })
  const list = useQuery(useApi().keys.list.queryOptions({ staleTime: 0, refetchInterval: READ_AGAIN_MS }))
  const mayMake = useMay('keys:write')
  const items = list.data?.items ?? []
  const [cursorId, setCursorId] = useCursor(keyId)
  const open = (id: string, replace = false): void =>
    void navigate({ to: '/keys/$keyId', params: { keyId: id }, replace })
  const close = (): void => void navigate({ to: '/keys' })
  useActions({ 'list.close': close, 'list.new': { run: () => open(NEW), blocked: mayMake ? null : MAY_NOT_MAKE } })
  const opened = items.find(({ id }) => id === keyId)
  const active = items.filter(({ state }) => state === 'active').length

  return (
    <>
      <Bar label="Keys">
        <span className="grow text-muted">
          {items.length > 0 && `${plural(items.length, 'key')}, ${active} active`}
        </span>
        <Button look="primary" disabled={!mayMake} title={mayMake ? undefined : MAY_NOT_MAKE} onClick={() => open(NEW)}>
          <Plus size={13} /> New key
        </Button>
      </Bar>
      <SplitPane
        name="keys"
        list={
          list.isPending ? (
            <SkeletonRows />
          ) : list.isError && list.data === undefined ? (
            <ErrorState title="The keys could not be read" error={list.error} onRetry={() => void list.refetch()} />
          ) : items.length === 0 ? (
            <EmptyKeys onCreate={() => open(NEW)} />
          ) : (
            <RowList
              label="Keys"
              header={<KeyListHeader />}
              items={items}
              renderRow={(apiKey) => <KeyRow apiKey={apiKey} />}
              cursorId={cursorId}
              onCursor={(id) => {
                setCursorId(id)
                if (keyId !== null) open(id, true)
              }}
              onOpen={(id) => open(id)}
            />
          )
        }
        detail={
          keyId === NEW ? (
            <NewKey onCreated={(id) => open(id)} onClose={close} />
          ) : opened === undefined ? null : (
            <KeyDetailPane key={opened.id} apiKey={opened} onClose={close} />
          )
        }
      />
    </>
  )
}
