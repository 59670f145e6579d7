import type { Keep } from '#shared/model/configuration/secret-reference.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { Policy } from '#shared/model/policy.ts'
import { jsonEqual } from '../../conditions/json-equal.ts'
import { presetOf } from '../../delivery/policies.ts'
import { defaultsOf } from './defaults.ts'
import type { Described } from './describe.ts'
import { holdsCredential } from './mask-credentials.ts'

export const KEEP: Keep = { keep: true }

/** An entry of a file that says what differs from the defaults. */
export function toEntry({ kind, name, fields }: Described): Record<string, unknown> {
  const defaults = defaultsOf(kind, name)
  const own = Object.entries(fields).filter(
    ([field, value]) => !(Object.hasOwn(defaults, field) && jsonEqual(value, defaults[field])),
  )
  return Object.fromEntries(own.map(([field, value]) => [field, kind === 'endpoint' ? written(field, value) : value]))
}

function written(field: string, value: unknown): unknown {
  if (field === 'policy') return shortPolicy(value as Policy)
  if (field === 'headers') return writtenHeaders(value as HeaderList)
  return value
}

/** Its preset’s id, with what differs from it. */
export function shortPolicy(policy: Policy): unknown {
  const preset = presetOf(policy.preset)
  if (!preset) return policy
  const own = Object.entries(policy).filter(([field, value]) => !jsonEqual(value, preset[field as keyof Policy]))
  return own.length === 0 ? policy.preset : { preset: policy.preset, ...Object.fromEntries(own) }
}

/** By their names, where these tell them apart. A value that seems to be a credential stays with the relay. */
function writtenHeaders(headers: HeaderList): unknown {
  const pairs = headers.map((pair) => [pair[0], holdsCredential(pair) ? KEEP : pair[1]] as const)
  const names = new Set(headers.map(([name]) => name))
  // Names that are whole numbers would be put in another order.
  const isMap = names.size === pairs.length && !headers.some(([name]) => /^\d+$/.test(name) || name === '__proto__')
  return isMap ? Object.fromEntries(pairs) : pairs
}
