import type { ProviderView } from '#shared/contract/catalog/providers.ts'
import { ListHeader } from '../../ui/layout/list-header.tsx'

const COLUMNS =
  'grid-cols-[minmax(110px,1.4fr)_minmax(0,1.4fr)_84px_64px_70px] @max-lg:grid-cols-[minmax(0,1fr)_64px_70px]'

export function ProviderListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span>name</span>
      <span className="@max-lg:hidden">id</span>
      <span className="@max-lg:hidden">signs</span>
      <span className="text-right">types</span>
      <span>from</span>
    </ListHeader>
  )
}

export function ProviderRow({ provider }: { provider: ProviderView }) {
  const { id, name, signs, eventTypes, builtIn } = provider
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
      <span className="truncate">{name}</span>
      <span className="mono truncate text-muted @max-lg:hidden">{id}</span>
      <span className="text-muted @max-lg:hidden">{signs ? 'yes' : 'no'}</span>
      <span className="text-right text-muted">{eventTypes.length}</span>
      <span className={builtIn ? 'text-muted' : 'text-accent'}>{builtIn ? 'built in' : 'own'}</span>
    </div>
  )
}
