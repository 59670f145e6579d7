import type { Scope } from '#shared/model/scope.ts'

/** What each scope lets a key do. */
export const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  'events:read': 'See events and their payloads',
  'events:write': 'Compose and trigger events',
  'deliveries:read': 'See deliveries and attempts, and follow live changes',
  'deliveries:write': 'Retry, cancel and replay',
  'deliveries:anywhere': 'Replay and trigger to any URL, not only to saved endpoints',
  'endpoints:read': 'See endpoints',
  'endpoints:write': 'Create, change, pause and delete endpoints',
  'secrets:reveal': 'Reveal a secret, its one time',
  'sources:read': 'See sources and their gaps',
  'sources:write': 'Create, change and delete sources',
  'sources:subscribe': 'Have a source’s events delivered elsewhere, live',
  'catalog:read': 'See providers, event types and policies',
  'catalog:write': 'Add providers and event types',
  'workflows:read': 'See workflows and runs',
  'workflows:write': 'Define workflows',
  'workflows:run': 'Start a run',
  'alerts:read': 'See alerts',
  'alerts:write': 'Set and silence alerts',
  'configuration:read': 'Export the configuration of a project',
  'configuration:write': 'Apply a file of configuration: providers, event types, sources, endpoints, workflows',
  'projects:read': 'See projects',
  'projects:write': 'Create and change projects',
  'keys:read': 'See keys, never their text',
  'keys:write': 'Make, change and revoke keys, within its own scopes',
  'audit:read': 'See who did what',
  'system:read': 'See how the installation stands',
  'system:write': 'Change settings of the installation',
}

export const SCOPES = Object.keys(SCOPE_WORDS) as readonly Scope[]

const GROUP_NAMES: Readonly<Record<string, string>> = { audit: 'Activity', system: 'Installation' }

/** The scopes by what they are about. */
export const SCOPE_GROUPS: readonly { name: string; scopes: readonly Scope[] }[] = groups()

function groups() {
  const byTopic = new Map<string, Scope[]>()
  for (const scope of SCOPES) {
    const [topic = ''] = scope.split(':')
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), scope])
  }
  return [...byTopic].map(([topic, scopes]) => ({ name: GROUP_NAMES[topic] ?? capital(topic), scopes }))
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}

/** The sets of scopes that people want most. */
export const PRESETS: readonly { name: string; help: string; scopes: readonly Scope[] }[] = [
  {
    name: 'CI run',
    help: 'Starts workflows and reads how their runs end.',
    scopes: ['workflows:read', 'workflows:run'],
  },
  {
    name: 'Read only',
    help: 'Sees what comes and goes; changes nothing, sees no keys.',
    scopes: SCOPES.filter((scope) => scope.endsWith(':read') && scope !== 'keys:read' && scope !== 'audit:read'),
  },
  { name: 'Ingest', help: 'Composes events and sees nothing.', scopes: ['events:write'] },
]

export function isPreset(scopes: readonly Scope[], preset: { scopes: readonly Scope[] }): boolean {
  return scopes.length === preset.scopes.length && preset.scopes.every((scope) => scopes.includes(scope))
}

/** `Read only`, `all`, or the scopes themselves. */
export function scopesWords(scopes: readonly Scope[]): string {
  if (SCOPES.every((scope) => scopes.includes(scope))) return 'all'
  return PRESETS.find((preset) => isPreset(scopes, preset))?.name ?? scopes.join(', ')
}
