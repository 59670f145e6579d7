import type { EndpointConfig } from '#shared/model/endpoint.ts'
import type { CallbackHeader } from '#shared/model/callback.ts'
import type { EndpointChange } from '../engine.ts'
import type { StoredCallback } from './callback-settings.ts'

/** What a callback endpoint takes: the events that a platform calls back about. */
const EVENT_TYPES = ['crawl_status', 'report_download_available']
const NAME = 'Callback'

/** What a new callback endpoint has beside its target. */
export const CALLBACK_ENDPOINT = {
  name: NAME,
  eventTypes: EVENT_TYPES,
  policy: 'lumar',
  role: 'callback',
} as const satisfies EndpointChange

/** The URL and headers of a callback as an endpoint holds them, with its credentials as named secrets. */
export function targetOf({ url, headers, revision }: StoredCallback): Pick<EndpointConfig, 'url' | 'headers'> {
  return { url, headers: headers.map(({ key, value }, index) => [key, value ?? `{secret.${nameOf(revision, index)}}`]) }
}

/** The values of the credentials by the names that `targetOf` uses. */
export function secretsOf(
  { headers, revision }: StoredCallback,
  opened: readonly CallbackHeader[],
): Record<string, string> {
  const credentials = headers.flatMap(({ value }, index) =>
    value === null ? [[nameOf(revision, index), opened[index]?.value ?? ''] as const] : [],
  )
  return Object.fromEntries(credentials)
}

/** Whether an endpoint already goes where the callback says. */
export function isAt(config: EndpointConfig, callback: StoredCallback): boolean {
  const { url, headers } = targetOf(callback)
  return config.url === url && JSON.stringify(config.headers) === JSON.stringify(headers)
}

/**
 * A name of its own for each state of a callback: deliveries that keep an earlier address must never get the credentials of
 * the next one.
 */
function nameOf(revision: string, index: number): string {
  return `callback_${revision}_${index}`
}
