import type { FailureCode } from '../failure.ts'
import { statusAdvice } from '../status-advice.ts'
import type { Explanations } from './facts.ts'

/** Answers that came whole and are no success. */
export const ANSWERS = {
  redirect: ({ failure }) => ({
    title: 'Redirects are not followed',
    explanation: `Your server ${failure.detail}. A signed request is only ever sent to the address that you configured.`,
    processed: 'no',
    nextStep: 'Set the endpoint’s URL to the final address, then Retry.',
  }),
  client_error: ({ answer, status }) => ({
    title: 'The receiver rejected the request',
    explanation: `Your server answered ${answer}. ${statusAdvice(status).meaning}`,
    processed: 'no',
    nextStep: statusAdvice(status).nextStep,
  }),
  gone: ({ answer }) => ({
    title: 'The receiver says that it is gone',
    explanation: `Your server answered ${answer}: it wants no more requests at this address.`,
    processed: 'no',
    nextStep: 'Delete the endpoint, or correct its URL and Resume.',
  }),
  stopped_by_receiver: ({ failure }) => ({
    title: 'The receiver asked for no more tries',
    explanation: `Your server ${failure.detail}, which this endpoint’s policy takes as a wish for no further attempt.`,
    processed: 'maybe',
    nextStep: 'If that was not meant, change the receiver’s answer, then Retry.',
  }),
  throttled: ({ answer }) => ({
    title: 'The receiver asks to slow down',
    explanation: `Your server answered ${answer}: too many requests.`,
    processed: 'no',
    nextStep: 'Wait for the next attempt, or lower the endpoint’s concurrency.',
  }),
  server_error: ({ answer, status }) => ({
    title: 'The receiver failed',
    explanation: `Your server answered ${answer}. ${statusAdvice(status).meaning}`,
    processed: 'maybe',
    nextStep: statusAdvice(status).nextStep,
  }),
  unexpected_status: ({ answer }) => ({
    title: 'The status does not count as success',
    explanation: `Your server answered ${answer}, which this endpoint’s policy does not accept.`,
    processed: 'maybe',
    nextStep: 'Answer 200 or 204, or add the status to the policy’s success list.',
  }),
  unexpected_content_type: ({ answer, failure }) => ({
    title: 'Something else answered',
    explanation: `The answer ${answer} was ${failure.detail}, which this endpoint’s policy does not take for the receiver’s: a login page of the network may stand in between.`,
    processed: 'no',
    nextStep:
      'Open any page in a browser to sign in to the network, or correct the content type that the policy expects.',
  }),
} satisfies Partial<Explanations<FailureCode>>
