import type { SecretView } from '#shared/contract/vault/secrets.ts'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { fullTime, relativeTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'
import { ListHeader } from '../../ui/layout/list-header.tsx'
import { ageWords, nameOf, secretLook } from './secret-words.ts'

const COLUMNS =
  'grid-cols-[112px_minmax(0,1.2fr)_minmax(0,1.4fr)_76px_minmax(0,1fr)_70px_90px] @max-2xl:grid-cols-[96px_minmax(0,1fr)_minmax(0,1.4fr)_56px]'

export function SecretListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span>state</span>
      <span>of</span>
      <span>name</span>
      <span className="@max-2xl:hidden">value</span>
      <span className="@max-2xl:hidden">owner</span>
      <span>age</span>
      <span className="@max-2xl:hidden">last used</span>
    </ListHeader>
  )
}

export function SecretRow({ secret }: { secret: SecretView }) {
  const nowAt = useNow()
  const { place, owner, ageDays, lastUsedAt, createdAt } = secret
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
      <StateMark look={secretLook(secret)} className="text-small" />
      <span className="truncate" title={place.name}>
        {place.name}
        {place.kind === 'source' && <span className="text-faint"> source</span>}
      </span>
      <span className="mono truncate" title={nameOf(secret)}>
        {nameOf(secret)}
      </span>
      <span aria-label="hidden" className="text-faint @max-2xl:hidden">
        ••••••••
      </span>
      <span className="truncate text-muted @max-2xl:hidden">{owner ?? '—'}</span>
      <span className="truncate text-muted" title={fullTime(createdAt)}>
        {ageWords(ageDays)}
      </span>
      <span className="truncate text-muted @max-2xl:hidden">
        {lastUsedAt === null ? 'never' : relativeTime(lastUsedAt, nowAt)}
      </span>
    </div>
  )
}
