import type { IntegrationView } from '#shared/contract/operations/integrations.ts'
import { type Care, careInput, careOf } from '../form/care-fields.tsx'

/** What the form of an integration holds. */
export interface IntegrationDraft extends Care {
  settings: Readonly<Record<string, string>>
  /** Values that were typed, by name; stored ones never come back. */
  credentials: Readonly<Record<string, string>>
  eventTypes: readonly string[]
  baseUrl: string
  /** Empty for the kind's own. */
  mapping: string
  enabled: boolean
  testMode: boolean
}

export function draftOf(integration: IntegrationView): IntegrationDraft {
  const { settings, eventTypes, baseUrl, mapping, mappingIsPreset, configured, enabled, testMode } = integration
  return {
    ...careOf(integration),
    settings,
    credentials: {},
    eventTypes,
    baseUrl: baseUrl ?? '',
    mapping: mappingIsPreset ? '' : mapping,
    // A new one starts as one that can be tried.
    enabled: configured ? enabled : true,
    testMode: configured ? testMode : true,
  }
}

/** Only what differs from what is stored; everything of one that is new. */
export function changesOf(integration: IntegrationView, draft: IntegrationDraft) {
  const before = inputOf(draftOf(integration))
  const after = inputOf(draft)
  const changed = Object.entries(after).filter(
    ([field, value]) =>
      !integration.configured || JSON.stringify(value) !== JSON.stringify(before[field as keyof typeof before]),
  )
  const given = Object.entries(draft.credentials).filter(([, value]) => value !== '')
  return {
    ...(Object.fromEntries(changed) as Partial<typeof after>),
    ...(given.length > 0 && { secrets: Object.fromEntries(given) }),
  }
}

function inputOf(draft: IntegrationDraft) {
  const { eventTypes, baseUrl, mapping, enabled, testMode } = draft
  return {
    ...careInput(draft),
    settings: Object.fromEntries(Object.entries(draft.settings).filter(([, value]) => value.trim() !== '')),
    eventTypes: [...eventTypes],
    baseUrl: baseUrl.trim() === '' ? null : baseUrl,
    mapping: mapping.trim() === '' ? null : mapping,
    enabled,
    testMode,
  }
}
