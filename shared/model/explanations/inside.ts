import type { FailureCode } from '../failure.ts'
import { sentOrNot, type Explanations } from './facts.ts'

/** What happened at Hookloop rather than at the receiver. */
export const INSIDE = {
  interrupted: () => ({
    title: 'Hookloop stopped during the attempt',
    explanation:
      'Hookloop was closed or cut off while the request was on its way, so its result is unknown. It used up no try.',
    processed: 'maybe',
    nextStep: 'Nothing: it is sent again with the same id.',
  }),
  endpoint_removed: () => ({
    title: 'The endpoint was deleted',
    explanation: 'The endpoint was deleted before this delivery could be sent.',
    processed: 'no',
    nextStep: 'Replay the event to another endpoint.',
  }),
  expired: () => ({
    title: 'Expired by retention',
    explanation: 'Its event grew older, or the project larger, than what is set to stay, before it could be delivered.',
    processed: 'no',
    nextStep: 'Keep events longer, or let undelivered ones stay: Settings, Retention.',
  }),
  internal_error: ({ failure }) => ({
    title: 'Hookloop made a mistake',
    explanation: `An error inside Hookloop ended this attempt (${failure.detail}). Other deliveries go on.`,
    processed: sentOrNot(failure.phase),
    nextStep: 'Retry. If it fails again, report it with the log of this moment.',
  }),
} satisfies Partial<Explanations<FailureCode>>
