import type { ReactNode } from 'react'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import { ConfigurationStep } from './configuration-step.tsx'
import { HealthStep } from './health-step.tsx'
import { LogStep } from './log-step.tsx'
import { RollbackStep } from './rollback-step.tsx'
import { TestStep } from './test-step.tsx'

/** What to do with an endpoint after a change, in order: configure, test, look at its health and its log, or go back. */
export function Runbook({ endpoint, form }: { endpoint: EndpointView; form: ReactNode }) {
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <ConfigurationStep endpoint={endpoint}>{form}</ConfigurationStep>
      <TestStep key={`test ${endpoint.versionId}`} endpoint={endpoint} />
      <HealthStep endpoint={endpoint} />
      <LogStep endpoint={endpoint} />
      <RollbackStep endpoint={endpoint} />
    </div>
  )
}
