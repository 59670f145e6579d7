import type { ProviderView } from '#shared/contract/catalog/providers.ts'

/** Whether a provider's name or id, or one of its event types, holds every word. */
export function holdsWords({ id, name, eventTypes }: ProviderView, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const held = [id, name, ...eventTypes.map((type) => type.name)].join(' ').toLowerCase()
  return words.every((word) => held.includes(word))
}
