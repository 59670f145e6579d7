import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import type { LintWarning } from '#shared/model/lint-warning.ts'
import type { Policy } from '#shared/model/policy.ts'
import { useApi } from '../../../platform/api/session.ts'
import type { Draft } from '../form/draft.ts'

/** The fields of the form that warnings stand beside. */
export type WarnedField = 'url' | 'policy' | 'provider' | 'tls'

/** What cannot be safe or cannot work about a draft, by field; what is of the project stands with the policy. */
export function useWarnings(draft: Draft, own: Policy | null): (field: WarnedField) => readonly LintWarning[] {
  const { url, policy, provider, headers, testMode, trustAnyCertificate } = useDeferredValue(draft)
  const input = {
    url,
    headers,
    testMode,
    policy: own ?? policy,
    provider: provider === '' ? null : provider,
    tls: { verify: !trustAnyCertificate },
  }
  const { data } = useQuery(useApi().endpoints.lint.queryOptions({ input, placeholderData: keepPreviousData }))
  return (field) => data?.items.filter((warning) => placeOf(warning) === field) ?? []
}

function placeOf({ field }: LintWarning): WarnedField {
  const [top] = field.split('.')
  return top === 'url' || top === 'provider' || top === 'tls' ? top : 'policy'
}
