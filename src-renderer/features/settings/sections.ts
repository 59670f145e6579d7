import type { ComponentType } from 'react'
import { AboutSection } from './about-section.tsx'
import { AccountCallbackSection } from './callbacks/account-callback-section.tsx'
import { ProjectCallbackSection } from './callbacks/project-callback-section.tsx'
import { ProjectsSection } from './projects/projects-section.tsx'

export interface SettingsSection {
  /** The last part of its address. */
  id: string
  name: string
  /** Whether it is about the project that is shown, or about the whole installation. */
  of: 'project' | 'installation'
  Content: ComponentType
}

/** In the order in which they are listed; the first is shown where none is named. */
export const SECTIONS: readonly SettingsSection[] = [
  { id: 'callbacks', name: 'Callbacks', of: 'project', Content: ProjectCallbackSection },
  { id: 'projects', name: 'Projects', of: 'installation', Content: ProjectsSection },
  { id: 'account-callback', name: 'Callback of the account', of: 'installation', Content: AccountCallbackSection },
  { id: 'about', name: 'Addresses and version', of: 'installation', Content: AboutSection },
]
