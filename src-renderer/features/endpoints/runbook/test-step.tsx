import { useMutation } from '@tanstack/react-query'
import { CircleCheck, CircleMinus, CircleX, Play, type LucideIcon } from 'lucide-react'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { TestReportView } from '#shared/contract/operations/endpoint-operations.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { showError } from '../../../ui/feedback/toast.tsx'
import { useNow } from '../../../ui/format/use-now.ts'
import { relativeTime } from '../../../ui/format/time.ts'
import { Step } from './step.tsx'

type Told = TestReportView['steps'][number]

const LOOKS: Record<Told['state'], { icon: LucideIcon; tone: string }> = {
  passed: { icon: CircleCheck, tone: 'text-ok' },
  failed: { icon: CircleX, tone: 'text-fail' },
  skipped: { icon: CircleMinus, tone: 'text-muted' },
}

const NAMES: Record<Told['name'], string> = {
  configuration: 'Configuration',
  mapping: 'Body',
  request: 'Request',
  send: 'Send',
}

/** Sends a sample through the endpoint and tells each step. */
export function TestStep({ endpoint }: { endpoint: EndpointView }) {
  const { api, queries } = useSession()
  const now = useNow()
  const test = useMutation(
    api.operations.test.mutationOptions({
      onSuccess: async () => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.endpoints.key() }),
          queries.invalidateQueries({ queryKey: api.operations.key() }),
          queries.invalidateQueries({ queryKey: api.integrations.key() }),
        ])
      },
      onError: showError,
    }),
  )
  const { id, testMode, lastTest, lastChangeTested } = endpoint
  const when = lastTest === null ? '' : `, ${relativeTime(lastTest.at, now)} by ${lastTest.actor}`
  const state = lastTest === null ? 'the last change was not tested' : `${lastTest.passed ? 'passed' : 'failed'}${when}`
  return (
    <Step
      number={2}
      title="Test"
      state={state}
      tone={lastChangeTested ? 'text-ok' : lastTest === null ? 'text-retry' : 'text-fail'}
      actions={
        <Button look="primary" disabled={test.isPending} onClick={() => test.mutate({ id })}>
          <Play size={12} /> {test.isPending ? 'Testing…' : 'Send a test'}
        </Button>
      }
    >
      <p className="text-small text-muted">
        {testMode
          ? 'Test mode is on: a sample is built, checked and logged, and goes to Hookloop’s own sink.'
          : 'Sends one sample event to the real URL, once. Neither the breaker nor the retries count it.'}
      </p>
      {test.data !== undefined && <Report report={test.data} />}
    </Step>
  )
}

function Report({ report: { steps, request, eventType } }: { report: TestReportView }) {
  return (
    <div role="status" aria-label="Test report" className="flex flex-col gap-2">
      <ol className="flex flex-col gap-1.5">
        {steps.map((told) => (
          <ReportLine key={told.name} told={told} />
        ))}
      </ol>
      {request !== null && (
        <details className="text-small">
          <summary className="text-muted">
            The request, made of a sample {eventType === '' ? 'event' : <code>{eventType}</code>}
          </summary>
          <pre
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
            tabIndex={0}
            aria-label="Request"
            className="mono mt-1.5 max-h-72 overflow-auto rounded border border-line bg-bg p-2.5 break-all whitespace-pre-wrap"
          >
            {`${request.method} ${request.url}\n${request.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${pretty(request.body)}`}
          </pre>
        </details>
      )}
    </div>
  )
}

function ReportLine({ told: { name, state, message, hint } }: { told: Told }) {
  const { icon: Icon, tone } = LOOKS[state]
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden="true" size={14} className={`mt-0.5 shrink-0 ${tone}`} />
      <span>
        <span className="font-medium">{NAMES[name]}</span> <span className={tone}>{state}</span>
        <span className="text-muted"> · {message}</span>
        {hint !== null && <span className="text-muted"> {hint}</span>}
      </span>
    </li>
  )
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
