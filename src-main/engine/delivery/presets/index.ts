import { apifycloud } from './apifycloud.ts'
import { BUSINESS } from './business.ts'
import { crawlux } from './crawlux.ts'
import { DEVELOPMENT } from './development.ts'
import { lumar } from './lumar.ts'
import { MESSAGING } from './messaging.ts'
import { PAYMENTS } from './payments.ts'
import type { PolicyPreset } from './preset.ts'
import { once, resend, standard, svix } from './standard.ts'

export type { PolicyPreset } from './preset.ts'

/** What ships. The first is the default of a new endpoint; real senders follow by name. */
export const POLICY_PRESETS: readonly PolicyPreset[] = [
  standard,
  crawlux,
  apifycloud,
  lumar,
  once,
  ...[svix, resend, ...PAYMENTS, ...MESSAGING, ...BUSINESS, ...DEVELOPMENT].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
]

/** How a delivery goes that has a URL and no endpoint. */
export const TARGET_POLICY = once.policy
