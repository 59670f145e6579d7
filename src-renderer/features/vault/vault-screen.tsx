import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useNavigateUnlessLeft } from '../../platform/browser/navigate-unless-left.ts'
import { useApi } from '../../platform/api/session.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { plural } from '../../ui/format/size.ts'
import { Bar } from '../../ui/layout/bar.tsx'
import { RowList } from '../../ui/layout/row-list.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useCursor } from '../../ui/layout/use-cursor.ts'
import { AddSecret } from './dialogs/add-secret.tsx'
import { ChangeKeys } from './dialogs/change-keys.tsx'
import { KeepKey } from './dialogs/keep-key.tsx'
import { EmptyVault } from './empty-vault.tsx'
import { SecretDetailPane } from './secret-detail-pane.tsx'
import { SecretListHeader, SecretRow } from './secret-row.tsx'
import { VaultBanner } from './vault-banner.tsx'

export function VaultScreen() {
  const navigate = useNavigateUnlessLeft()
  const { secretId = null } = useParams({ strict: false })
  const list = useQuery(useApi().vault.secrets.list.queryOptions({ input: {} }))
  const [dialog, setDialog] = useState<'add' | 'keys' | 'keeper' | null>(null)
  const items = list.data?.items ?? []
  // A rotation gives a secret a newer version: the id of any of them opens it.
  const opened = items.find(({ versions }) => versions.some(({ id }) => id === secretId))
  const [cursorId, setCursorId] = useCursor(opened?.id ?? null)
  const open = (id: string, replace = false): void =>
    void navigate({ to: '/vault/$secretId', params: { secretId: id }, replace })
  const close = (): void => void navigate({ to: '/vault' })
  useActions({ 'list.close': close, 'list.new': () => setDialog('add') })
  const old = items.filter(({ isOld }) => isOld).length

  return (
    <>
      <Bar label="Vault">
        <span className="grow truncate text-muted">
          {items.length > 0 && plural(items.length, 'secret')}
          {old > 0 && <span className="text-retry"> · {plural(old, 'is', 'are')} older than they should be</span>}
        </span>
        <ActionButton action="vault.keep_key" onAct={() => setDialog('keeper')}>
          Keeper of the key…
        </ActionButton>
        {items.length > 0 && (
          <ActionButton action="vault.change_keys" onAct={() => setDialog('keys')}>
            Change keys…
          </ActionButton>
        )}
        <ActionButton action="secret.add" look="primary" onAct={() => setDialog('add')}>
          <Plus size={13} /> Add secret
        </ActionButton>
      </Bar>
      <VaultBanner />
      <SplitPane
        name="vault"
        list={
          list.isPending ? (
            <SkeletonRows />
          ) : list.isError && list.data === undefined ? (
            <ErrorState title="The vault could not be read" error={list.error} onRetry={() => void list.refetch()} />
          ) : items.length === 0 ? (
            <EmptyVault />
          ) : (
            <RowList
              label="Secrets"
              header={<SecretListHeader />}
              items={items}
              renderRow={(secret) => <SecretRow secret={secret} />}
              cursorId={cursorId}
              onCursor={(id) => {
                setCursorId(id)
                if (opened !== undefined) open(id, true)
              }}
              onOpen={(id) => open(id)}
            />
          )
        }
        detail={
          opened === undefined ? null : (
            <SecretDetailPane key={`${opened.place.id} ${opened.name}`} secret={opened} onClose={close} />
          )
        }
      />
      {dialog === 'add' && <AddSecret onAdded={(id) => open(id)} onClose={() => setDialog(null)} />}
      {dialog === 'keeper' && <KeepKey onClose={() => setDialog(null)} />}
      {dialog === 'keys' && <ChangeKeys count={items.length} onClose={() => setDialog(null)} />}
    </>
  )
}
