import { AppError } from '#shared/model/app-error.ts'
import { Policy } from '#shared/model/policy.ts'
import type { PolicyChoice } from '../engine.ts'
import { POLICY_PRESETS, type PolicyPreset } from './presets/index.ts'

export { POLICY_PRESETS, TARGET_POLICY } from './presets/index.ts'

/** Made once: to make it takes longer than to read a policy with it. */
const OnlyPolicy = Policy.strict()

/** The policy of a preset; null for an unknown one. */
export function presetOf(id: string | undefined): Policy | null {
  return POLICY_PRESETS.find((preset) => preset.id === id)?.policy ?? null
}

/**
 * A preset's policy, with the given fields in place of its own. Throws `AppError` `invalid_request` for an unknown preset
 * (field `policy`) or a value that does not fit (field `policy.…`).
 */
export function resolvePolicy(choice: PolicyChoice): Policy {
  const { preset, ...overrides } = typeof choice === 'string' ? { preset: choice } : choice
  const found = POLICY_PRESETS.find(({ id }) => id === preset)
  if (!found) throw unknownPreset(preset)
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined)
  const parsed = OnlyPolicy.safeParse({ ...found.policy, ...Object.fromEntries(given), preset })
  if (parsed.success) return withinLimits(parsed.data, found)
  const [issue] = parsed.error.issues
  throw new AppError('invalid_request', `This policy does not work: ${issue?.message ?? 'a field does not fit'}.`, {
    field: ['policy', ...(issue?.path ?? [])].join('.'),
    hint: `The rest of the preset “${preset}” stays as it is.`,
  })
}

function withinLimits(policy: Policy, { id, longestTimeoutMs = Infinity }: PolicyPreset): Policy {
  if (policy.timeoutMs <= longestTimeoutMs) return policy
  throw new AppError(
    'invalid_request',
    `The policy “${id}” waits for an answer no longer than ${longestTimeoutMs} ms.`,
    {
      field: 'policy.timeoutMs',
      hint: 'Lower timeoutMs, or start from another preset.',
    },
  )
}

function unknownPreset(preset: string): AppError {
  const known = POLICY_PRESETS.map(({ id }) => id).join(', ')
  return new AppError('invalid_request', `There is no policy “${preset.slice(0, 60)}”.`, {
    field: 'policy',
    hint: `Use one of: ${known}.`,
  })
}
