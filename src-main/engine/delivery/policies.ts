import { AppError } from '#shared/model/app-error.ts'
import { Policy } from '#shared/model/policy.ts'
import type { PolicyChoice } from '../engine.ts'

export interface PolicyPreset {
  id: string
  description: string
  policy: Policy
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const RESPONSE_LIMIT_BYTES = 65_536

const standard: Policy = {
  preset: 'standard',
  timeoutMs: 15 * SECOND,
  success: '2xx',
  schedule: {
    kind: 'list',
    waitsMs: [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR],
    repeat: null,
    jitter: 0.2,
  },
  clientErrors: { stop: true, except: [408, 425, 429] },
  redirects: 'stop',
  stop: { statuses: [], headers: [] },
  networkErrors: 'retry',
  invalidAnswers: 'retry',
  retryAfter: { honour: true, capMs: DAY },
  goneAction: 'pause',
  breaker: { consecutiveFailures: 20, probeAfterMs: 5 * MINUTE },
  concurrency: 16,
  ratePerSecond: null,
  ordered: false,
  bodyLimitBytes: null,
  encoding: 'raw',
  scheduled: 'follow',
  notifyOnFailure: false,
  responseLimitBytes: RESPONSE_LIMIT_BYTES,
  provider: 'standard-webhooks',
  manualRetryMs: null,
}

const crawlux: Policy = {
  ...standard,
  preset: 'crawlux',
  timeoutMs: 5 * SECOND,
  schedule: {
    kind: 'list',
    waitsMs: [MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 360 * MINUTE],
    repeat: null,
    jitter: 0,
  },
  clientErrors: { stop: false, except: [] },
  redirects: 'retry',
  retryAfter: { honour: false, capMs: 0 },
  goneAction: 'none',
  breaker: null,
  provider: 'crawlux',
  manualRetryMs: 7 * DAY,
}

const once: Policy = {
  ...standard,
  preset: 'once',
  schedule: { kind: 'list', waitsMs: [], repeat: null, jitter: 0 },
  goneAction: 'none',
  breaker: null,
  provider: 'none',
}

/** What ships. The first is the default of a new endpoint. */
export const POLICY_PRESETS: readonly PolicyPreset[] = [
  {
    id: 'standard',
    description:
      'Eight tries over about 28 hours. 4xx and redirects stop at once, 410 pauses, 20 failures in a row pause.',
    policy: standard,
  },
  {
    id: 'crawlux',
    description: 'Six tries in less than nine hours, whatever the answer was. Nothing pauses; manual retry for 7 days.',
    policy: crawlux,
  },
  { id: 'once', description: 'One try and no more; unsigned unless the endpoint names a provider.', policy: once },
]

/** How a delivery goes that has a URL and no endpoint. */
export const TARGET_POLICY: Policy = once

/**
 * A preset's policy, with the given fields in place of its own. Throws `AppError` `invalid_request` for an unknown preset
 * (field `policy`) or a value that does not fit (field `policy.…`).
 */
export function resolvePolicy(choice: PolicyChoice): Policy {
  const { preset, ...overrides } = typeof choice === 'string' ? { preset: choice } : choice
  const found = POLICY_PRESETS.find(({ id }) => id === preset)
  if (!found) throw unknownPreset(preset)
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined)
  const parsed = Policy.strict().safeParse({ ...found.policy, ...Object.fromEntries(given), preset })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('invalid_request', `This policy does not work: ${issue?.message ?? 'a field does not fit'}.`, {
    field: ['policy', ...(issue?.path ?? [])].join('.'),
    hint: `The rest of the preset “${preset}” stays as it is.`,
  })
}

function unknownPreset(preset: string): AppError {
  const known = POLICY_PRESETS.map(({ id }) => id).join(', ')
  return new AppError('invalid_request', `There is no policy “${preset.slice(0, 60)}”.`, {
    field: 'policy',
    hint: `Use one of: ${known}.`,
  })
}
