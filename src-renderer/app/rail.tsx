import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  Ban,
  Bell,
  BookOpen,
  Globe,
  History,
  Inbox,
  KeyRound,
  type LucideIcon,
  MailX,
  Send,
  Settings,
  Target,
  Vault,
  Workflow,
} from 'lucide-react'
import { useCaller } from '../platform/api/caller.ts'
import { useApi } from '../platform/api/session.ts'
import { formatCount } from '../ui/format/size.ts'
import { Brand } from './brand.tsx'
import { SCREEN_SCOPES } from './access/screen-scopes.ts'

interface Place {
  to:
    | '/inbox'
    | '/deliveries'
    | '/dead-letters'
    | '/alerts'
    | '/endpoints'
    | '/sources'
    | '/catalog'
    | '/workflows'
    | '/keys'
    | '/activity'
    | '/settings'
    | '/vault'
  name: string
  icon: LucideIcon
  count: string | undefined
  isBad?: boolean
}

function usePlaces(): readonly Place[] {
  const api = useApi()
  const status = useQuery(api.system.status.queryOptions({ input: {} })).data
  const sources = useQuery(api.sources.list.queryOptions({ input: {} })).data
  const rules = useQuery(api.alerts.list.queryOptions({ input: {} })).data?.items ?? []
  const raised = rules.filter(({ state, enabled }) => enabled && state === 'raised').length
  const vault = useQuery(api.vault.vault.status.queryOptions({ input: {} })).data
  const due = (status?.deliveries.scheduled ?? 0) + (status?.deliveries.delivering ?? 0)
  const failed = status?.deliveries.failed ?? 0
  return [
    { to: '/inbox', name: 'Inbox', icon: Inbox, count: status && formatCount(status.events) },
    {
      to: '/deliveries',
      name: 'Deliveries',
      icon: Send,
      count: due > 0 ? `${formatCount(due)} due` : undefined,
    },
    {
      to: '/dead-letters',
      name: 'Dead letters',
      icon: MailX,
      count: failed > 0 ? formatCount(failed) : undefined,
      isBad: true,
    },
    { to: '/endpoints', name: 'Endpoints', icon: Target, count: status && formatCount(status.endpoints) },
    { to: '/sources', name: 'Sources', icon: Globe, count: sources && formatCount(sources.items.length) },
    { to: '/catalog', name: 'Catalog', icon: BookOpen, count: undefined },
    { to: '/workflows', name: 'Workflows', icon: Workflow, count: undefined },
    { to: '/alerts', name: 'Alerts', icon: Bell, count: raised > 0 ? `${raised} raised` : undefined, isBad: true },
    {
      to: '/vault',
      name: 'Vault',
      icon: Vault,
      count: vault !== undefined && vault.locked > 0 ? `${formatCount(vault.locked)} locked` : undefined,
      isBad: true,
    },
    { to: '/keys', name: 'Keys', icon: KeyRound, count: undefined },
    { to: '/activity', name: 'Activity', icon: History, count: undefined },
    { to: '/settings', name: 'Settings', icon: Settings, count: undefined },
  ]
}

/** Whether the key of this window may see a place. */
function useIsOpen(): (to: string) => boolean {
  const caller = useCaller()
  return (to) => {
    const scope = SCREEN_SCOPES[to.slice(1)]
    return scope === undefined || caller === undefined || caller.scopes.includes(scope)
  }
}

export function Rail() {
  const isOpen = useIsOpen()
  return (
    <nav aria-label="Screens" className="row-span-3 flex flex-col gap-px border-r border-line bg-panel px-2 py-2.5">
      <div className="px-2 pt-1 pb-3.5">
        <Brand />
      </div>
      {usePlaces().map(({ to, name, icon: Icon, count, isBad }) => (
        <Link
          key={to}
          to={to}
          title={isOpen(to) ? (count === undefined ? name : `${name}: ${count}`) : `${name}: this key may not see it`}
          className="flex items-center gap-2 rounded-md px-2 py-[5px] text-muted hover:text-text data-[status=active]:bg-raise data-[status=active]:text-text"
        >
          {isOpen(to) ? (
            <Icon aria-hidden="true" size={15} strokeWidth={1.75} className="shrink-0" />
          ) : (
            <Ban aria-hidden="true" size={15} strokeWidth={1.75} className="shrink-0" />
          )}
          <span className="grow max-lg:sr-only">{name}</span>
          {count !== undefined && (
            <span className={`text-mini max-lg:sr-only ${isBad ? 'text-fail' : 'text-faint'}`}>{count}</span>
          )}
        </Link>
      ))}
    </nav>
  )
}
