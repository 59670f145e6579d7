import type { Policy } from '#shared/model/policy.ts'

/** How the form holds a policy: a preset as it is, or all fields of one that started from it. */
export interface PolicyDraft {
  preset: string
  own: Policy | null
}

/** Fields that are the endpoint's to choose elsewhere, or the preset's name. */
const NOT_EDITED = new Set<string>(['preset', 'provider'])

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** The names of the fields in which a policy is not as its preset. */
export function differencesOf(policy: Policy, preset: Policy): readonly (keyof Policy)[] {
  return (Object.keys(policy) as (keyof Policy)[]).filter(
    (field) => !NOT_EDITED.has(field) && !isSame(policy[field], preset[field]),
  )
}

/** As the API takes it. */
export function toPolicyInput({ preset, own }: PolicyDraft): string | Policy {
  return own ?? preset
}

/** With a change; a policy that is its preset again is held as such. */
export function changePolicy(current: Policy, preset: Policy | null, change: Partial<Policy>): PolicyDraft {
  const own = { ...current, ...change }
  const isPreset = preset !== null && differencesOf(own, preset).length === 0 && own.provider === preset.provider
  return { preset: own.preset, own: isPreset ? null : own }
}
