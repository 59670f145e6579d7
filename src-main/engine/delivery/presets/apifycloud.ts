import { preset, SECOND } from './preset.ts'

const LONGEST_TIMEOUT_MS = 10 * SECOND

export const apifycloud = preset({
  id: 'apifycloud',
  description:
    'Three tries, about 5 s and 20 s apart. Any 4xx, 3xx or invalid answer is final; 20 failures in a row pause until a person resumes. Bodies up to 64 KiB, in an envelope.',
  source: 'ApifyCloud webhook documentation',
  timeoutMs: LONGEST_TIMEOUT_MS,
  longestTimeoutMs: LONGEST_TIMEOUT_MS,
  limitsActive: true,
  schedule: { kind: 'exponential', retries: 2, baseMs: 5 * SECOND, factor: 4, capMs: 20 * SECOND, jitter: 0.2 },
  clientErrors: { stop: true, except: [] },
  redirects: 'stop',
  invalidAnswers: 'stop',
  breaker: { consecutiveFailures: 20, probeAfterMs: null },
  bodyLimitBytes: 65_536,
  encoding: 'envelope',
})
