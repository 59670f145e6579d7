import type { Scope } from '#shared/model/scope.ts'

/** What a screen asks for, by the first part of its address; a screen that is not named asks for nothing. */
export const SCREEN_SCOPES: Readonly<Record<string, Scope | undefined>> = {
  inbox: 'events:read',
  compare: 'events:read',
  deliveries: 'deliveries:read',
  endpoints: 'endpoints:read',
  integrations: 'endpoints:read',
  sources: 'sources:read',
  catalog: 'catalog:read',
  'dead-letters': 'deliveries:read',
  alerts: 'alerts:read',
  workflows: 'workflows:read',
  vault: 'endpoints:read',
  keys: 'keys:read',
  activity: 'audit:read',
}
