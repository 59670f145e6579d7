import type { FailureCode } from '../failure.ts'
import type { Explanations } from './facts.ts'

/** What keeps a request from being built: nothing was sent. */
export const BUILDING = {
  url_invalid: ({ failure }) => ({
    title: 'The URL cannot be used',
    explanation: `${failure.detail}. Nothing was sent.`,
    processed: 'no',
    nextStep: 'Correct the endpoint’s URL, then Retry.',
  }),
  header_invalid: ({ failure }) => ({
    title: 'A header cannot be sent',
    explanation: `${failure.detail}. Nothing was sent.`,
    processed: 'no',
    nextStep: 'Correct that header at the endpoint, then Retry.',
  }),
  secret_missing: ({ failure }) => ({
    title: 'There is no usable secret',
    explanation: `${failure.detail}. Nothing was sent.`,
    processed: 'no',
    nextStep: 'Give the endpoint that secret, or leave out what uses it (provider none sends unsigned), then Retry.',
  }),
  secret_locked: () => ({
    title: 'A secret is locked',
    explanation: 'The key that opens this project’s secrets is missing or is another one. Nothing was sent.',
    processed: 'no',
    nextStep: 'Put the key back that these secrets were sealed with, or enter the secret again in the Vault.',
  }),
  provider_missing: ({ failure }) => ({
    title: 'The provider that signs is gone',
    explanation: `${failure.detail}. Nothing was sent.`,
    processed: 'no',
    nextStep: 'Add a provider with that id again, then Retry; or send the event anew as another provider.',
  }),
  template_invalid: ({ failure }) => ({
    title: 'A template cannot be filled in',
    explanation: `${failure.detail}. Nothing was sent.`,
    processed: 'no',
    nextStep: 'Correct the template in the endpoint’s URL or headers, or add the secret that it names, then Retry.',
  }),
  transformation_failed: ({ failure }) => ({
    title: 'The transformation failed',
    explanation: `The endpoint’s transformation made no body of this event: ${failure.detail}. Nothing was sent.`,
    processed: 'no',
    nextStep: 'Try the expression on this event in the endpoint’s form, correct it, then Retry.',
  }),
  encoding_failed: ({ failure }) => ({
    title: 'The body does not fit the policy’s encoding',
    explanation: `${failure.detail}. Nothing was sent.`,
    processed: 'no',
    nextStep: 'Give the endpoint a transformation that yields such a body, or a policy with encoding raw, then Retry.',
  }),
  schema_mismatch: ({ failure }) => ({
    title: 'The request does not fit its destination',
    explanation: `${failure.detail}. Nothing was sent.`,
    processed: 'no',
    nextStep: 'Correct the integration’s mapping, or have the event carry what is missing, then Retry.',
  }),
  body_too_large: ({ failure }) => ({
    title: 'The body is over the policy’s limit',
    explanation: `${failure.detail}. Nothing was sent, and it counts neither as a failure of the endpoint nor for its pause.`,
    processed: 'no',
    nextStep: 'Send less, such as with a transformation, or raise bodyLimitBytes in the endpoint’s policy, then Retry.',
  }),
  loop_detected: ({ failure, address }) => ({
    title: 'The event goes in a circle',
    explanation: `${address} leads back to where this event came from (${failure.detail}). Nothing more was sent.`,
    processed: 'no',
    nextStep: 'Point the endpoint at the app itself instead of at one of Hookloop’s own sources, then Retry.',
  }),
} satisfies Partial<Explanations<FailureCode>>
