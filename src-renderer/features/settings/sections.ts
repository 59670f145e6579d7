import type { ComponentType } from 'react'
import { AboutSection } from './about-section.tsx'
import { BackupsSection } from './backups/backups-section.tsx'
import { AccountCallbackSection } from './callbacks/account-callback-section.tsx'
import { ProjectCallbackSection } from './callbacks/project-callback-section.tsx'
import { ProjectsSection } from './projects/projects-section.tsx'
import { RetentionSection } from './retention/retention-section.tsx'
import { SETTINGS_PLACES, type SettingsPlace, type SettingsPlaceId } from './settings-places.ts'
import { StorageSection } from './storage/storage-section.tsx'

export type SettingsSection = SettingsPlace & { Content: ComponentType }

const CONTENTS: Readonly<Record<SettingsPlaceId, ComponentType>> = {
  callbacks: ProjectCallbackSection,
  retention: RetentionSection,
  projects: ProjectsSection,
  storage: StorageSection,
  backups: BackupsSection,
  'account-callback': AccountCallbackSection,
  about: AboutSection,
}

export const SECTIONS: readonly SettingsSection[] = SETTINGS_PLACES.map((place) => ({
  ...place,
  Content: CONTENTS[place.id],
}))
