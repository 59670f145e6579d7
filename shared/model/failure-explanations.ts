import type { Failure, FailureCode, Phase } from './failure.ts'
import { statusAdvice } from './status-advice.ts'

/** What is known of the attempt beside its failure; null where it is not. */
export interface FailureContext {
  status: number | null
  /** The URL that was asked. */
  url: string | null
  /** The deadline in force. */
  timeoutMs: number | null
  totalMs: number | null
}

export interface Explanation {
  title: string
  explanation: string
  /** Whether the receiver may have handled the request. */
  processed: 'no' | 'maybe' | 'yes'
  nextStep: string
}

interface Facts {
  /** Host name without port. */
  host: string
  /** Host and port as they were dialled. */
  address: string
  port: string
  /** Such as `401 in 12 ms`. */
  answer: string
  deadline: string
  status: number | null
  failure: Failure
}

const AUTHORITY = /^(https?):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^:/?#]+)(?::(\d+))?/i

/** A failure in words for a person: what happened, why, and the next step. */
export function explainFailure(failure: Failure, context: FailureContext): Explanation {
  return EXPLANATIONS[failure.code](factsOf(failure, context))
}

function factsOf(failure: Failure, { status, url, timeoutMs, totalMs }: FailureContext): Facts {
  const [, scheme = 'http', host = 'the receiver', given] = AUTHORITY.exec(url ?? '') ?? []
  const port = given ?? (scheme.toLowerCase() === 'https' ? '443' : '80')
  const took = totalMs === null ? '' : ` in ${duration(totalMs)}`
  return {
    host,
    address: host === 'the receiver' ? host : `${host}:${port}`,
    port,
    answer: `${status ?? 'an unexpected status'}${took}`,
    deadline: timeoutMs === null ? 'its deadline' : duration(timeoutMs),
    status,
    failure,
  }
}

function duration(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${Number((ms / 1_000).toFixed(1))} s`
}

const EXPLANATIONS: Readonly<Record<FailureCode, (facts: Facts) => Explanation>> = {
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
    title: 'There is no usable signing secret',
    explanation: `${failure.detail}. Nothing was sent.`,
    processed: 'no',
    nextStep: 'Give the endpoint a signing secret, or set its provider to none, then Retry.',
  }),
  secret_locked: () => ({
    title: 'The signing secret is locked',
    explanation: 'The key that opens this project’s secrets is missing or is another one. Nothing was sent.',
    processed: 'no',
    nextStep: 'Start Hookloop with the key file that these secrets were sealed with, or enter the secret again.',
  }),
  dns_not_found: ({ host }) => ({
    title: 'The host name does not exist',
    explanation: `DNS knows no address for ${host}.`,
    processed: 'no',
    nextStep: 'Check the host name for a typing error. A name of your own network needs its VPN or hosts file.',
  }),
  dns_failed: ({ host }) => ({
    title: 'The host name could not be looked up',
    explanation: `The resolver failed while asked for ${host}. That says nothing about whether the name exists.`,
    processed: 'no',
    nextStep: 'Check this machine’s network and DNS servers; a retry may pass by itself.',
  }),
  connect_refused: ({ address, port, host }) => ({
    title: 'Connection refused',
    explanation: `Nothing listens at ${address}.`,
    processed: 'no',
    nextStep: `Start the app on port ${port} of ${host}, or correct the port in the URL.`,
  }),
  connect_unreachable: ({ address }) => ({
    title: 'The host cannot be reached',
    explanation: `No network path leads to ${address}.`,
    processed: 'no',
    nextStep: 'Check that the host is up, and whether a VPN or firewall stands between.',
  }),
  tls_failed: ({ address, failure }) => ({
    title: 'The TLS handshake failed',
    explanation: `${address} and Hookloop could not agree on a secure connection (${failure.detail}).`,
    processed: 'no',
    nextStep: 'Check that this port speaks TLS 1.2 or newer, or use http:// where it speaks plain HTTP.',
  }),
  tls_untrusted: ({ host, failure }) => ({
    title: 'The certificate is not trusted',
    explanation: `${host} showed a certificate that no known authority vouches for (${failure.detail}).`,
    processed: 'no',
    nextStep:
      'Install the whole certificate chain there, or start Hookloop with NODE_EXTRA_CA_CERTS naming your own authority.',
  }),
  tls_expired: ({ host, failure }) => ({
    title: 'The certificate is out of date',
    explanation: `The certificate of ${host} is not valid today (${failure.detail}).`,
    processed: 'no',
    nextStep: 'Renew the certificate, and check this machine’s clock.',
  }),
  tls_wrong_host: ({ host, failure }) => ({
    title: 'The certificate is for another host',
    explanation: `The certificate does not name ${host} (${failure.detail}).`,
    processed: 'no',
    nextStep: 'Use a host name that the certificate covers, or issue one for this name.',
  }),
  connection_reset: ({ address, failure }) => ({
    title: 'Connection reset before an answer',
    explanation: `${address} closed the connection before it answered (${failure.detail}).`,
    processed: failure.phase === 'headers' ? 'maybe' : sentOrNot(failure.phase),
    nextStep:
      'Look for a crash or restart in the receiver’s log. It may have handled the request: the id lets it notice a second copy.',
  }),
  answer_cut: ({ answer, failure }) => ({
    title: 'The answer was cut short',
    explanation: `Your server answered ${answer}, then the connection broke (${failure.detail}). The status counts.`,
    processed: 'yes',
    nextStep: 'Nothing has to be done for this delivery. If it recurs, look at proxies between here and the receiver.',
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
  internal_error: ({ failure }) => ({
    title: 'Hookloop made a mistake',
    explanation: `An error inside Hookloop ended this attempt (${failure.detail}). Other deliveries go on.`,
    processed: sentOrNot(failure.phase),
    nextStep: 'Retry. If it fails again, report it with the log of this moment.',
  }),
}

const TIMED_OUT_WHILE: Readonly<Record<Phase, string>> = {
  build: 'the request was still being built',
  dns: 'the host name was still being looked up',
  connect: 'no connection came about',
  tls: 'the TLS handshake did not end',
  send: 'the request was not taken in',
  headers: 'no whole answer head came',
  body: 'the answer’s body did not end',
}

function sentOrNot(phase: Phase): 'no' | 'maybe' {
  return phase === 'send' || phase === 'headers' || phase === 'body' ? 'maybe' : 'no'
}
