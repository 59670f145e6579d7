import type { ComponentType } from 'react'
import { AboutSection } from './about-section.tsx'
import { BackupsSection } from './backups/backups-section.tsx'
import { AccountCallbackSection } from './callbacks/account-callback-section.tsx'
import { ProjectCallbackSection } from './callbacks/project-callback-section.tsx'
import { ProjectsSection } from './projects/projects-section.tsx'
import { RetentionSection } from './retention/retention-section.tsx'
import type { SectionNeeds } from './section-needs.ts'
import { StorageSection } from './storage/storage-section.tsx'

export interface SettingsSection {
  /** The last part of its address. */
  id: string
  name: string
  /** Whether it is about the project that is shown, or about the whole installation. */
  of: 'project' | 'installation'
  needs?: SectionNeeds
  Content: ComponentType
}

const PROJECT = { scope: 'projects:read', whole: false } as const
const ACCOUNT = { scope: 'projects:read', whole: true } as const
const WHOLE = { scope: 'system:read', whole: true } as const

/** In the order in which they are listed; the first is shown where none is named. */
export const SECTIONS: readonly SettingsSection[] = [
  { id: 'callbacks', name: 'Callbacks', of: 'project', needs: PROJECT, Content: ProjectCallbackSection },
  { id: 'retention', name: 'Retention', of: 'project', needs: PROJECT, Content: RetentionSection },
  { id: 'projects', name: 'Projects', of: 'installation', needs: PROJECT, Content: ProjectsSection },
  { id: 'storage', name: 'Storage', of: 'installation', needs: WHOLE, Content: StorageSection },
  { id: 'backups', name: 'Backups', of: 'installation', needs: WHOLE, Content: BackupsSection },
  {
    id: 'account-callback',
    name: 'Callback of the account',
    of: 'installation',
    needs: ACCOUNT,
    Content: AccountCallbackSection,
  },
  { id: 'about', name: 'Addresses and version', of: 'installation', Content: AboutSection },
]
