import { type HeaderList, headerValue } from '#shared/model/header.ts'

/** What headers say of the URL that the sender called, before a proxy called us. */
export interface ProxyHints {
  protocols: readonly string[]
  /** Hosts with their port, if any. */
  hosts: readonly string[]
  ports: readonly string[]
  /** What stood before the path, and paths as they were. */
  prefixes: readonly string[]
  paths: readonly string[]
}

const SAFE_HOST = /^(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i
const SAFE_PATH = /^\/[\x21-\x7e]{0,2000}$/

export function proxyHints(headers: HeaderList): ProxyHints {
  const first = (name: string) => headerValue(headers, name)?.split(',')[0]?.trim() ?? ''
  const forwarded = forwardedParts(first('forwarded'))
  const given = (texts: readonly string[], fits: RegExp) => [...new Set(texts.filter((text) => fits.test(text)))]
  return {
    protocols: given([first('x-forwarded-proto'), first('x-forwarded-scheme'), forwarded.proto], /^https?$/i),
    hosts: given(
      [first('x-forwarded-host'), first('x-original-host'), forwarded.host, first('x-forwarded-server'), first('host')],
      SAFE_HOST,
    ),
    ports: given([first('x-forwarded-port')], /^\d{1,5}$/).map((port) => `:${port}`),
    prefixes: given([first('x-forwarded-prefix'), first('x-script-name')], SAFE_PATH),
    paths: given(
      ['x-original-url', 'x-rewrite-url', 'x-forwarded-uri', 'x-original-uri', 'x-envoy-original-path'].map(first),
      SAFE_PATH,
    ),
  }
}

/** `host` and `proto` of the first element of a Forwarded header (RFC 7239). */
function forwardedParts(element: string): { host: string; proto: string } {
  const pairs = element.split(';').map((pair) => pair.trim().split('='))
  const valueOf = (wanted: string) =>
    pairs.find(([name]) => name?.toLowerCase() === wanted)?.[1]?.replaceAll('"', '') ?? ''
  return { host: valueOf('host'), proto: valueOf('proto') }
}
