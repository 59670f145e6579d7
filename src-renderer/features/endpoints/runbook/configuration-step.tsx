import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import { useApi } from '../../../platform/api/session.ts'
import { Step } from './step.tsx'

/** What is set and what is missing, and who looks after it. */
export function ConfigurationStep({ endpoint, children }: { endpoint: EndpointView; children: ReactNode }) {
  const health = useQuery(useApi().operations.health.queryOptions({ input: { id: endpoint.id } })).data
  const problems = health?.configuration.problems ?? []
  const isComplete = health?.configuration.state === 'complete'
  return (
    <Step
      number={1}
      title="Configuration"
      state={health === undefined ? undefined : isComplete ? 'complete' : 'incomplete'}
      tone={isComplete ? 'text-ok' : 'text-retry'}
    >
      {problems.length > 0 && (
        <ul className="flex flex-col gap-0.5">
          {problems.map(({ field, message }) => (
            <li key={field} className="text-retry">
              {message}
            </li>
          ))}
        </ul>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-small">
        <dt className="text-muted">Owner</dt>
        <dd>{endpoint.owner ?? 'nobody named'}</dd>
        <dt className="text-muted">When it fails</dt>
        <dd className="whitespace-pre-wrap">{endpoint.escalation ?? 'no note'}</dd>
      </dl>
      {children}
    </Step>
  )
}
