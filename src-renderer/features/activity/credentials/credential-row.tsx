import { TriangleAlert } from 'lucide-react'
import type { CredentialView } from '#shared/contract/audit/credentials.ts'
import { fullTime, relativeTime } from '../../../ui/format/time.ts'
import { useNow } from '../../../ui/format/use-now.ts'
import { ListHeader } from '../../../ui/layout/list-header.tsx'
import { KIND_WORDS, WARNING_WORDS } from './credential-words.ts'

const COLUMNS =
  'grid-cols-[106px_minmax(0,1fr)_minmax(0,1.6fr)_minmax(0,0.8fr)_56px_104px_minmax(0,1.2fr)] @max-4xl:grid-cols-[106px_minmax(0,1fr)_minmax(0,1.4fr)_56px_104px_minmax(0,1.2fr)] @max-xl:grid-cols-[106px_minmax(0,1fr)_minmax(0,1.2fr)]'

export function CredentialListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span>what</span>
      <span>name</span>
      <span className="@max-xl:hidden">use</span>
      <span className="@max-4xl:hidden">owner</span>
      <span className="text-right @max-xl:hidden">age</span>
      <span className="@max-xl:hidden">last used</span>
      <span>to look at</span>
    </ListHeader>
  )
}

export function CredentialRow({ credential }: { credential: CredentialView }) {
  const nowAt = useNow()
  const { kind, name, use, scopes, owner, ageDays, lastUsedAt, warnings, isActive } = credential
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS} ${isActive ? '' : 'text-faint'}`}>
      <span className="truncate text-muted">{KIND_WORDS[kind]}</span>
      <span className="truncate">{name}</span>
      <span
        className="truncate text-muted @max-xl:hidden"
        title={scopes === null ? use : `${use} ${scopes.join(', ')}`}
      >
        {scopes === null ? use : scopes.join(', ')}
      </span>
      <span className="truncate text-muted @max-4xl:hidden">{owner ?? '–'}</span>
      <span className="text-right text-muted @max-xl:hidden">{ageDays === null ? '–' : `${ageDays} d`}</span>
      <span
        className="truncate text-muted @max-xl:hidden"
        title={lastUsedAt === null ? undefined : fullTime(lastUsedAt)}
      >
        {lastUsedAt === null ? '–' : relativeTime(lastUsedAt, nowAt)}
      </span>
      {isActive ? <Warnings warnings={warnings} /> : <span className="truncate">over</span>}
    </div>
  )
}

function Warnings({ warnings }: { warnings: CredentialView['warnings'] }) {
  if (warnings.length === 0) return <span className="text-faint">–</span>
  const words = warnings.map((each) => WARNING_WORDS[each]).join(', ')
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-retry" title={words}>
      <TriangleAlert aria-hidden="true" size={13} className="shrink-0" />
      <span className="truncate">{words}</span>
    </span>
  )
}
