import type { FailureCode, Phase } from '../failure.ts'
import { sentOrNot, type Explanations } from './facts.ts'

/** What goes wrong between the first byte sent and the last one received. */
export const EXCHANGE = {
  connection_reset: ({ address, failure }) => ({
    title: 'Connection reset before an answer',
    explanation: `${address} closed the connection before it answered (${failure.detail}).`,
    processed: failure.phase === 'headers' ? 'maybe' : sentOrNot(failure.phase),
    nextStep:
      'Look for a crash or restart in the receiver’s log. It may have handled the request: the id lets it notice a second copy.',
  }),
  stale_connection: ({ address, failure }) => ({
    title: 'A kept connection had gone stale',
    explanation: `${address} closed a connection that was kept from an earlier request just as this one was written (${failure.detail}).`,
    processed: 'maybe',
    nextStep:
      'Nothing where more tries are left: the next one opens a new connection. A longer keep-alive time at the receiver avoids it.',
  }),
  timed_out: ({ address, deadline, failure }) => ({
    title: 'Timed out',
    explanation: `${address} did not finish within ${deadline}: ${TIMED_OUT_WHILE[failure.phase]} (${failure.detail}).`,
    processed: sentOrNot(failure.phase),
    nextStep: 'Answer first and work later in the receiver, or raise the timeout of the endpoint’s policy.',
  }),
  invalid_answer: ({ address, failure }) => ({
    title: 'Not a valid HTTP answer',
    explanation: `${address} answered with something that is not HTTP/1.1 (${failure.detail}).`,
    processed: 'maybe',
    nextStep: 'Check that the port belongs to an HTTP server, and whether it expects https instead of http.',
  }),
  answer_cut: ({ answer, failure }) => ({
    title: 'The answer was cut short',
    explanation: `Your server answered ${answer}, then the connection broke (${failure.detail}). The status counts.`,
    processed: 'yes',
    nextStep: 'Nothing has to be done for this delivery. If it recurs, look at proxies between here and the receiver.',
  }),
} satisfies Partial<Explanations<FailureCode>>

const TIMED_OUT_WHILE: Readonly<Record<Phase, string>> = {
  build: 'the request was still being built',
  dns: 'the host name was still being looked up',
  connect: 'no connection came about',
  tls: 'the TLS handshake did not end',
  send: 'the request was not taken in',
  headers: 'no whole answer head came',
  body: 'the answer’s body did not end',
}
