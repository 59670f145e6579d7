import {
  Bell,
  BookOpen,
  ChartNoAxesColumn,
  Globe,
  History,
  Inbox,
  KeyRound,
  type LucideIcon,
  MailX,
  Plug,
  RotateCw,
  Send,
  Settings,
  Target,
  Vault,
  Workflow,
} from 'lucide-react'
import type { Scope } from '#shared/model/scope.ts'
import { type ActionId, ACTIONS } from '../../platform/actions/action-table.ts'

/** A screen of the rail. */
interface PlaceEntry {
  /** The action that goes there: it has the name and the keys. */
  action: ActionId
  to: `/${string}`
  icon: LucideIcon
  /** What a key needs to see it; null for nothing. */
  scope: Scope | null
}

/** The rail, group by group, in its order. */
export const RAIL = [
  [
    { action: 'go.inbox', to: '/inbox', icon: Inbox, scope: 'events:read' },
    { action: 'go.deliveries', to: '/deliveries', icon: Send, scope: 'deliveries:read' },
    { action: 'go.dead_letters', to: '/dead-letters', icon: MailX, scope: 'deliveries:read' },
    { action: 'go.endpoints', to: '/endpoints', icon: Target, scope: 'endpoints:read' },
    { action: 'go.integrations', to: '/integrations', icon: Plug, scope: 'endpoints:read' },
    { action: 'go.sources', to: '/sources', icon: Globe, scope: 'sources:read' },
    { action: 'go.catalog', to: '/catalog', icon: BookOpen, scope: 'catalog:read' },
    { action: 'go.replays', to: '/replays', icon: RotateCw, scope: 'deliveries:read' },
  ],
  [
    { action: 'go.workflows', to: '/workflows', icon: Workflow, scope: 'workflows:read' },
    { action: 'go.overview', to: '/overview', icon: ChartNoAxesColumn, scope: 'deliveries:read' },
    { action: 'go.alerts', to: '/alerts', icon: Bell, scope: 'alerts:read' },
  ],
  [
    { action: 'go.vault', to: '/vault', icon: Vault, scope: 'endpoints:read' },
    { action: 'go.keys', to: '/keys', icon: KeyRound, scope: 'keys:read' },
    { action: 'go.activity', to: '/activity', icon: History, scope: 'audit:read' },
    { action: 'go.settings', to: '/settings', icon: Settings, scope: null },
  ],
] as const satisfies readonly (readonly PlaceEntry[])[]

export type Place = (typeof RAIL)[number][number]

export const PLACES: readonly Place[] = RAIL.flat()

export interface Screen {
  name: string
  /** What a key needs to see it; null for nothing. */
  scope: Scope | null
}

/** Screens that the rail does not name, by the first part of their address. */
const ASIDE: Readonly<Record<string, Screen>> = {
  '/compose': { name: 'Compose', scope: 'events:write' },
  '/edit': { name: 'Edit and replay', scope: 'events:read' },
  '/compare': { name: 'Comparison', scope: 'events:read' },
  '/link': { name: 'Link', scope: null },
  '/dev': { name: 'Components', scope: null },
  '/exchange': { name: 'Export and import', scope: 'events:read' },
}

/** The screen that an address belongs to. */
export function screenOf(pathname: string): Screen | undefined {
  const first = `/${pathname.split('/')[1] ?? ''}`
  const place = PLACES.find(({ to }) => to === first)
  return place === undefined ? ASIDE[first] : { name: ACTIONS[place.action].name, scope: place.scope }
}
