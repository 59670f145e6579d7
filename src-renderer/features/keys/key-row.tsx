import { Ban, CircleCheck, Clock } from 'lucide-react'
import type { KeyView } from '#shared/contract/access/keys.ts'
import type { Look } from '../../ui/delivery/delivery-words.ts'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { relativeTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'
import { ListHeader } from '../../ui/layout/list-header.tsx'
import { scopesWords } from './scope-words.ts'

const COLUMNS =
  'grid-cols-[84px_minmax(90px,1fr)_130px_minmax(0,1fr)_minmax(0,1.4fr)_80px_90px_90px] @max-3xl:grid-cols-[84px_minmax(90px,1fr)_minmax(0,1fr)_90px]'
const WIDE_ONLY = '@max-3xl:hidden'

const LOOKS: Readonly<Record<KeyView['state'], Look>> = {
  active: { word: 'active', icon: CircleCheck, tone: 'text-ok' },
  expired: { word: 'expired', icon: Clock, tone: 'text-held' },
  revoked: { word: 'revoked', icon: Ban, tone: 'text-muted' },
}

export function keyLook({ state }: Pick<KeyView, 'state'>): Look {
  return LOOKS[state]
}

export function KeyListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span>state</span>
      <span>name</span>
      <span className={WIDE_ONLY}>begins with</span>
      <span>owner</span>
      <span className={WIDE_ONLY}>may do</span>
      <span className={WIDE_ONLY}>age</span>
      <span>last used</span>
      <span className={WIDE_ONLY}>ends</span>
    </ListHeader>
  )
}

export function KeyRow({ apiKey }: { apiKey: KeyView }) {
  const nowAt = useNow()
  const { name, prefix, owner, scopes, createdAt, rotatedAt, lastUsedAt, expiresAt, state } = apiKey
  const tone = state === 'active' ? '' : 'text-muted'
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS} ${tone}`}>
      <StateMark look={keyLook(apiKey)} />
      <span className="truncate">{name}</span>
      <span className={`mono truncate text-muted ${WIDE_ONLY}`}>{prefix}…</span>
      <span className="truncate text-muted">{owner}</span>
      <span className={`truncate text-muted ${WIDE_ONLY}`}>{scopesWords(scopes)}</span>
      <span className={`truncate text-muted ${WIDE_ONLY}`}>{ageWords(rotatedAt ?? createdAt, nowAt)}</span>
      <span className="truncate text-muted">{lastUsedAt === null ? 'never' : relativeTime(lastUsedAt, nowAt)}</span>
      <span className={`truncate text-muted ${WIDE_ONLY}`}>
        {expiresAt === null ? 'never' : relativeTime(expiresAt, nowAt)}
      </span>
    </div>
  )
}

/** How old its text is: `3 d 4 h`. */
function ageWords(since: string, nowAt: number): string {
  return relativeTime(since, nowAt).replace(' ago', '')
}
