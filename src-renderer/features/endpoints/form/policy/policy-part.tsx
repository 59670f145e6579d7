import { createContext, type ReactNode, useContext } from 'react'
import type { Policy } from '#shared/model/policy.ts'
import { differencesOf } from './policy-draft.ts'

/** What the groups of the editor work on. */
export interface PolicyEditing {
  policy: Policy
  /** The preset that it started from; null while that is not known. */
  preset: Policy | null
  /** What is wrong at a place such as `schedule.waitsMs`. */
  errorAt: (place: string) => string | null
  set: (change: Partial<Policy>) => void
}

export const PolicyEditingContext = createContext<PolicyEditing | null>(null)

export function usePolicyEditing(): PolicyEditing {
  const editing = useContext(PolicyEditingContext)
  if (editing === null) throw new Error('used outside of the policy editor')
  return editing
}

/** One field of the policy: marked where it is not as the preset has it, with the way back. */
export function PolicyPart({ of, children }: { of: keyof Policy; children: ReactNode }) {
  const { policy, preset, set } = usePolicyEditing()
  const differs = preset !== null && differencesOf(policy, preset).includes(of)
  return (
    <div className={`flex flex-col gap-2.5 ${differs ? '-ml-2.5 border-l-2 border-accent pl-2' : ''}`}>
      {children}
      {differs && (
        <p className="flex items-baseline gap-1.5 text-small text-muted">
          Differs from {preset.preset}.
          <button
            type="button"
            className="rounded font-medium text-accent"
            onClick={() => set({ [of]: preset[of] })}
            aria-label={`Put back ${WORDS[of] ?? of}`}
          >
            Put back
          </button>
        </p>
      )}
    </div>
  )
}

const WORDS: Partial<Record<keyof Policy, string>> = {
  timeoutMs: 'the timeout',
  success: 'what counts as delivered',
  expectedContentType: 'the content type',
  schedule: 'the schedule',
  clientErrors: 'what a 4xx does',
  redirects: 'what a redirect does',
  stop: 'what else stops',
  networkErrors: 'what a network error does',
  invalidAnswers: 'what an invalid answer does',
  retryAfter: 'Retry-After',
  goneAction: 'what 410 does',
  breaker: 'the breaker',
  concurrency: 'the attempts in flight',
  ratePerSecond: 'the rate',
  ordered: 'the order',
  bodyLimitBytes: 'the largest body',
  encoding: 'the encoding',
  scheduled: 'what a new URL does',
  notifyOnFailure: 'the notification',
  responseLimitBytes: 'what is kept of an answer',
  manualRetryMs: 'how long a retry is possible',
}
