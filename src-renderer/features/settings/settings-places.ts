import type { SectionNeeds } from './section-needs.ts'

export interface SettingsPlace {
  /** The last part of its address. */
  id: string
  name: string
  /** Whether it is about the project that is shown, or about the whole installation. */
  of: 'project' | 'installation'
  needs?: SectionNeeds
}

const PROJECT = { scope: 'projects:read', whole: false } as const
const ACCOUNT = { scope: 'projects:read', whole: true } as const
const WHOLE = { scope: 'system:read', whole: true } as const

/** In the order in which they are listed; the first is shown where none is named. */
export const SETTINGS_PLACES = [
  { id: 'callbacks', name: 'Callbacks', of: 'project', needs: PROJECT },
  { id: 'retention', name: 'Retention', of: 'project', needs: PROJECT },
  { id: 'projects', name: 'Projects', of: 'installation', needs: PROJECT },
  { id: 'storage', name: 'Storage', of: 'installation', needs: WHOLE },
  { id: 'backups', name: 'Backups', of: 'installation', needs: WHOLE },
  { id: 'account-callback', name: 'Callback of the account', of: 'installation', needs: ACCOUNT },
  { id: 'about', name: 'Addresses and version', of: 'installation' },
] as const satisfies readonly SettingsPlace[]

export type SettingsPlaceId = (typeof SETTINGS_PLACES)[number]['id']
