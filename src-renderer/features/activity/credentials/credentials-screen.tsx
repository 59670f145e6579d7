import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import type { CredentialView } from '#shared/contract/audit/credentials.ts'
import { useApi } from '../../../platform/api/session.ts'
import { download } from '../../../platform/browser/copy.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { Menu, MenuItem } from '../../../ui/controls/menu.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { plural } from '../../../ui/format/size.ts'
import { Bar } from '../../../ui/layout/bar.tsx'
import { RowList } from '../../../ui/layout/row-list.tsx'
import { ActivityTabs } from '../activity-tabs.tsx'
import { CredentialListHeader, CredentialRow } from './credential-row.tsx'
import { credentialsToText } from './export-credentials.ts'

/** Every key and secret on one page, for whoever has to answer for them. */
export function CredentialsScreen() {
  const navigate = useNavigate()
  const [cursorId, setCursorId] = useState<string | null>(null)
  const list = useQuery({ ...useApi().credentials.queryOptions(), refetchOnMount: 'always' })
  const credentials = list.data?.items ?? []
  const items = credentials.map((each) => ({ ...each, id: `${each.kind} ${each.id}`, of: each }))
  const warned = credentials.filter(({ warnings }) => warnings.length > 0).length
  const open = (id: string): void => {
    const found = items.find((item) => item.id === id)
    setCursorId(id)
    if (found !== undefined) goTo(found.of)
  }
  const goTo = ({ kind, id }: CredentialView): void => {
    if (kind === 'api_key') void navigate({ to: '/keys/$keyId', params: { keyId: id } })
    if (kind === 'ingest_key') void navigate({ to: '/sources/$sourceId', params: { sourceId: id } })
    if (kind.endsWith('_secret') || kind === 'verify_token') {
      void navigate({ to: '/vault/$secretId', params: { secretId: id } })
    }
  }

  return (
    <>
      <Bar label="Credentials">
        <ActivityTabs current="credentials" />
        <span className="grow truncate text-muted">
          {plural(items.length, 'key or secret', 'keys and secrets')}
          {warned > 0 && <span className="text-retry"> · {warned} to look at</span>}
        </span>
        <Menu
          label="Export"
          trigger={
            <Button disabled={items.length === 0}>
              Export <ChevronDown size={12} />
            </Button>
          }
        >
          {(['json', 'csv'] as const).map((form) => (
            <MenuItem
              key={form}
              onSelect={() =>
                download(`hookloop-credentials.${form}`, new Blob([credentialsToText(credentials, form)]))
              }
            >
              {form === 'json' ? 'JSON' : 'CSV, for spreadsheets'}
            </MenuItem>
          ))}
        </Menu>
      </Bar>
      <div className="@container flex min-h-0 grow flex-col">
        {list.isPending ? (
          <SkeletonRows rows={8} />
        ) : list.data === undefined ? (
          <ErrorState
            title="The credentials could not be read"
            error={list.error}
            onRetry={() => void list.refetch()}
          />
        ) : items.length === 0 ? (
          <p className="p-6 text-muted">There is no key and no secret that your key may see.</p>
        ) : (
          <RowList
            label="Credentials"
            header={<CredentialListHeader />}
            items={items}
            renderRow={({ of }) => <CredentialRow credential={of} />}
            cursorId={cursorId}
            onCursor={setCursorId}
            onOpen={open}
          />
        )}
      </div>
    </>
  )
}
