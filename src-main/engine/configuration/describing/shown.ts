import type { HeaderList } from '#shared/model/header.ts'
import type { Policy } from '#shared/model/policy.ts'
import type { SourceAnswer } from '#shared/model/source.ts'
import { credentialParameters, holdsCredential } from './mask-credentials.ts'
import { shortAnswer, shortPolicy } from './to-entry.ts'

type Fields = Readonly<Record<string, unknown>>

/** The value of a field as a plan shows it: as a file writes it, without credentials. */
export function shown(field: string, value: unknown): unknown {
  if (value === null) return null
  switch (field) {
    case 'headers':
      return (value as HeaderList).map((pair) => (holdsCredential(pair) ? [pair[0], '***'] : pair))
    case 'answer':
      return shortAnswer(value as SourceAnswer)
    case 'url':
      return shownUrl(value as string)
    default:
      return value
  }
}

function shownUrl(url: string): string {
  return credentialParameters(url).length === 0 ? url : `${url.slice(0, url.indexOf('?'))}?***`
}

/** Policies of different presets are told as files write them, and not field by field. */
export function withShortPolicies(before: Fields, after: Fields): readonly [Fields, Fields] {
  const [old, next] = [before['policy'], after['policy']] as [Policy | undefined, Policy | undefined]
  if (!old || !next || old.preset === next.preset) return [before, after]
  return [withShortPolicy(before), withShortPolicy(after)]
}

export function withShortPolicy(fields: Fields): Fields {
  return 'policy' in fields && typeof fields['policy'] === 'object' && fields['policy'] !== null
    ? { ...fields, policy: shortPolicy(fields['policy'] as Policy) }
    : fields
}
