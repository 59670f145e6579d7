import type { IncomingMessage } from 'node:http'
import type { ApiErrorCode, ErrorData } from '#shared/contract/errors.ts'
import type { AllowedHosts } from './allowed-hosts.ts'

/** Why a request is not answered. */
export interface Refusal extends ErrorData {
  code: ApiErrorCode
  message: string
  /** The methods that would be answered. */
  allow?: string
  /** When to come again. */
  retryAfterSeconds?: number
}

/** Refuses what another web page, or a name that points here, could have sent; null lets the request pass. */
export function guardRequest(request: IncomingMessage, hosts: AllowedHosts): Refusal | null {
  const port = request.socket.localPort ?? 0
  const [host, ...furtherHosts] = rawValues(request, 'host')
  if (host === undefined || furtherHosts.length > 0 || !hosts.allows(host, port)) {
    return {
      code: 'misdirected_request',
      message: 'This server does not answer to that Host.',
      hint: `Use http://127.0.0.1:${port}, or start the relay with the name that you use as an allowed host.`,
    }
  }
  if (!request.url?.startsWith('/')) {
    return { code: 'misdirected_request', message: 'The request target must be a path.' }
  }
  const origins = rawValues(request, 'origin')
  if (origins.some((origin) => !hosts.isOwnOrigin(origin, host)) || origins.length > 1) {
    return { code: 'forbidden', message: 'Pages of other origins may not use this server.' }
  }
  return null
}

function rawValues({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)
}
