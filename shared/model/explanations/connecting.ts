import type { FailureCode } from '../failure.ts'
import type { Explanations } from './facts.ts'

/** What keeps a connection from coming about: the receiver saw no request. */
export const CONNECTING = {
  address_refused: ({ host, failure }) => ({
    title: 'The address is not allowed',
    explanation: `${host} leads to an address that this relay does not send to (${failure.detail}). No connection was opened.`,
    processed: 'no',
    nextStep: 'Use a public address, or add this one to the relay’s allow-list if it is meant.',
  }),
  proxy_unreachable: ({ host, failure }) => ({
    title: 'The proxy cannot be reached',
    explanation: `The proxy that stands between Hookloop and ${host} took no connection (${failure.detail}). The receiver was never asked.`,
    processed: 'no',
    nextStep: 'Check HTTP_PROXY and HTTPS_PROXY where Hookloop was started, or name the host in NO_PROXY.',
  }),
  proxy_refused: ({ host, failure }) => ({
    title: 'The proxy refused to connect',
    explanation: `The proxy would not pass the request on to ${host} (${failure.detail}). The receiver was never asked.`,
    processed: 'no',
    nextStep: 'Give the proxy’s user and password in HTTPS_PROXY, or have it allow this host.',
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
  tls_incomplete_chain: ({ host, failure }) => ({
    title: 'The certificate chain is incomplete',
    explanation: `${host} sent its own certificate without the ones that lead to a known authority (${failure.detail}).`,
    processed: 'no',
    nextStep: 'Let the server send its intermediate certificates too (its “full chain” file), then Retry.',
  }),
  tls_expired: ({ host, failure }) => ({
    title: 'The certificate has expired',
    explanation: `The certificate of ${host} is no longer valid (${failure.detail}).`,
    processed: 'no',
    nextStep: 'Renew the certificate, and check this machine’s clock.',
  }),
  tls_not_yet_valid: ({ host, failure }) => ({
    title: 'The certificate is not valid yet',
    explanation: `The certificate of ${host} begins to be valid only later (${failure.detail}).`,
    processed: 'no',
    nextStep: 'Check this machine’s clock; where it is right, wait or install a certificate that is valid now.',
  }),
  tls_wrong_host: ({ host, failure }) => ({
    title: 'The certificate is for another host',
    explanation: `The certificate does not name ${host} (${failure.detail}).`,
    processed: 'no',
    nextStep: 'Use a host name that the certificate covers, or issue one for this name.',
  }),
  tls_protocol: ({ address, failure }) => ({
    title: 'No common TLS version',
    explanation: `${address} speaks only TLS versions or ciphers that are not safe any more (${failure.detail}).`,
    processed: 'no',
    nextStep: 'Turn on TLS 1.2 or 1.3 at the receiver or at the proxy before it.',
  }),
  tls_plain_http: ({ address, failure }) => ({
    title: 'The port speaks plain HTTP',
    explanation: `${address} answered the TLS handshake in plain text, so there is no certificate to check (${failure.detail}).`,
    processed: 'no',
    nextStep: 'Write http:// in the endpoint’s URL, or use the port on which the receiver serves https.',
  }),
} satisfies Partial<Explanations<FailureCode>>
