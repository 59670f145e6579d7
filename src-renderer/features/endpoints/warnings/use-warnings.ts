import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import type { LintWarning } from '#shared/model/lint-warning.ts'
import { useApi } from '../../../platform/api/session.ts'
import type { Draft } from '../form/draft.ts'
import { toPolicyInput } from '../form/policy/policy-draft.ts'
import { problemsOf } from '../form/policy/policy-problems.ts'

/** The fields of the form that warnings stand beside. */
export type WarnedField = 'url' | 'policy' | 'provider' | 'tls'

/** What cannot be safe or cannot work about a draft, by field; what is of the project stands with the policy. */
export function useWarnings(draft: Draft): (field: WarnedField) => readonly LintWarning[] {
  const { url, policy, provider, headers, testMode, trustAnyCertificate } = useDeferredValue(draft)
  const input = {
    url,
    headers,
    testMode,
    policy: toPolicyInput(policy),
    provider: provider === '' ? null : provider,
    tls: { verify: !trustAnyCertificate },
  }
  const isReadable = policy.own === null || problemsOf(policy.own).size === 0
  const { data } = useQuery(
    useApi().endpoints.lint.queryOptions({
      input: isReadable ? input : skipToken,
      placeholderData: keepPreviousData,
    }),
  )
  return (field) => data?.items.filter((warning) => placeOf(warning) === field) ?? []
}

function placeOf({ field }: LintWarning): WarnedField {
  const [top] = field.split('.')
  return top === 'url' || top === 'provider' || top === 'tls' ? top : 'policy'
}
