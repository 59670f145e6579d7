import type { Attempt } from '#shared/model/attempt.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import { explainFailure } from '#shared/model/failure-explanations.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { ConfigurationProblem } from './health.ts'

export interface TestStep {
  name: 'configuration' | 'mapping' | 'request' | 'send'
  state: 'passed' | 'failed' | 'skipped'
  message: string
  /** What to do about it. */
  hint: string | null
}

/** The request that a test built, with masks in place of secrets. */
export interface TestRequest {
  method: string
  url: string
  headers: HeaderList
  body: string
}

export interface TestReport {
  passed: boolean
  /** Where it went: the endpoint’s own URL, Hookloop’s sink in test mode, or nowhere. */
  target: 'endpoint' | 'sink' | 'none'
  steps: readonly TestStep[]
  eventType: string
  request: TestRequest | null
  delivery: Delivery | null
  attempt: Attempt | null
}

/** Failures of a body that is made, not of what it is put into. */
const OF_MAPPING = new Set<Failure['code']>(['transformation_failed', 'schema_mismatch', 'encoding_failed'])

const step = (
  name: TestStep['name'],
  state: TestStep['state'],
  message: string,
  hint: string | null = null,
): TestStep => ({ name, state, message, hint })

/** What was found before anything is sent. */
export function stepsBefore(
  { version: { config } }: Endpoint,
  problems: readonly ConfigurationProblem[],
  failure: Failure | null,
): readonly TestStep[] {
  return [configurationStep(problems), ...buildSteps(config.kind !== null || config.transformation !== null, failure)]
}

function configurationStep(problems: readonly ConfigurationProblem[]): TestStep {
  const hindering = problems.filter(({ field }) => field !== 'eventTypes')
  const words = problems.map(({ message }) => message).join(' ')
  if (hindering.length > 0) return step('configuration', 'failed', words, 'Fill in what is missing, then test again.')
  return step('configuration', 'passed', words === '' ? 'Everything that it needs is set.' : words)
}

function buildSteps(isMapped: boolean, failure: Failure | null): readonly TestStep[] {
  const mapped = isMapped ? 'The mapping made a body that fits.' : 'The body goes out as it came.'
  const built = 'The request can be built.'
  if (failure === null) return [step('mapping', 'passed', mapped), step('request', 'passed', built)]
  const { explanation, nextStep } = explained(failure, null)
  if (OF_MAPPING.has(failure.code))
    return [step('mapping', 'failed', explanation, nextStep), step('request', 'skipped', 'There is no body to send.')]
  return [step('mapping', 'passed', mapped), step('request', 'failed', explanation, nextStep)]
}

/** What became of the send. */
export function sendStep(
  sent: { attempt: Attempt | null; timeoutMs: number } | 'paused' | 'unbuilt' | 'sink',
): TestStep {
  if (sent === 'unbuilt') return step('send', 'skipped', 'Nothing was sent.')
  if (sent === 'sink') return step('send', 'passed', 'Test mode: it went to Hookloop’s own sink, not to the URL.')
  if (sent === 'paused') {
    return step('send', 'skipped', 'It is paused, so nothing was sent.', 'Resume it, and test again.')
  }
  const { attempt } = sent
  if (!attempt) return step('send', 'skipped', 'It is still under way; the logs will tell.', null)
  if (attempt.outcome === 'simulated') return sendStep('sink')
  const took = `${Math.round(attempt.timings.totalMs)} ms`
  if (attempt.outcome === 'succeeded') return step('send', 'passed', `Answered ${attempt.response?.status} in ${took}.`)
  const { explanation, nextStep } = attempt.failure
    ? explained(attempt.failure, { attempt, timeoutMs: sent.timeoutMs })
    : { explanation: 'It was cut short.', nextStep: 'Test again.' }
  return step('send', 'failed', explanation, nextStep)
}

function explained(failure: Failure, sent: { attempt: Attempt; timeoutMs: number } | null) {
  return explainFailure(failure, {
    status: sent?.attempt.response?.status ?? null,
    url: sent?.attempt.request?.url ?? null,
    timeoutMs: sent?.timeoutMs ?? null,
    totalMs: sent?.attempt.timings.totalMs ?? null,
  })
}
