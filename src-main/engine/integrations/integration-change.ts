import { AppError } from '#shared/model/app-error.ts'
import type { EndpointConfig } from '#shared/model/endpoint.ts'
import { DEFAULT_WATCH_HOURS, type IntegrationSettings } from '#shared/model/integration.ts'
import type { EndpointUpdate, PolicyChoice } from '../engine.ts'
import type { IntegrationType } from './integration-type.ts'

/** A change of an integration, field by field: what is left out stays, null takes it back to what a new one has. */
export interface IntegrationChange {
  name?: string | null | undefined
  /** The whole URL; in its place `baseUrl` names where the kind's own path begins. */
  url?: string | null | undefined
  baseUrl?: string | null | undefined
  eventTypes?: readonly string[] | null | undefined
  /** JSONata; null is the kind's own. */
  mapping?: string | null | undefined
  condition?: EndpointConfig['condition'] | undefined
  settings?: IntegrationSettings | null | undefined
  headers?: EndpointConfig['headers'] | null | undefined
  policy?: PolicyChoice | null | undefined
  secrets?: Readonly<Record<string, string | null>> | null | undefined
  enabled?: boolean | null | undefined
  testMode?: boolean | null | undefined
  owner?: string | null | undefined
  escalation?: string | null | undefined
  watchHours?: number | null | undefined
  confirm?: boolean | undefined
}

/** The same as a change of the endpoint. `secretNames` are those that it has. Throws `AppError` that names the setting. */
export function toEndpointChange(
  type: IntegrationType,
  change: IntegrationChange,
  secretNames: readonly string[],
): EndpointUpdate {
  const { eventTypes, mapping } = change
  return {
    name: orElse(change.name, type.name),
    url: urlOf(type, change),
    eventTypes: eventTypes === null ? [] : eventTypes && [...eventTypes],
    transformation: mapping?.trim() === type.mapping.trim() ? null : mapping,
    condition: change.condition,
    settings: checkedSettings(type, change.settings),
    headers: orElse(change.headers, [...type.headers]),
    policy: orElse(change.policy, 'standard'),
    secrets: change.secrets === null ? Object.fromEntries(secretNames.map((name) => [name, null])) : change.secrets,
    enabled: orElse(change.enabled, true),
    testMode: orElse(change.testMode, false),
    owner: change.owner,
    escalation: change.escalation,
    watchHours: orElse(change.watchHours, DEFAULT_WATCH_HOURS),
    confirm: change.confirm,
  }
}

/** The whole URL of a kind below a base. */
export function urlBelow(type: IntegrationType, baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '') + type.target
}

/** The base below which the URL is the kind's own; null where it is another one. */
export function baseUrlOf(type: IntegrationType, url: string): string | null {
  return url.endsWith(type.target) ? url.slice(0, -type.target.length) : null
}

function urlOf(type: IntegrationType, { url, baseUrl }: IntegrationChange): string | undefined {
  if (typeof url === 'string') return url
  if (typeof baseUrl === 'string') return urlBelow(type, baseUrl)
  return url === null || baseUrl === null ? urlBelow(type, type.baseUrl) : undefined
}

function checkedSettings(
  { settings: known }: IntegrationType,
  given: IntegrationChange['settings'],
): IntegrationSettings | undefined {
  if (given === null) return {}
  for (const [name, value] of Object.entries(given ?? {})) {
    const setting = known.find((each) => each.name === name)
    if (!setting) {
      throw new AppError('invalid_request', `There is no setting “${name.slice(0, 60)}” here.`, {
        field: `settings.${name.slice(0, 60)}`,
        hint: `Use ${known.map((each) => each.name).join(', ')}.`,
      })
    }
    if (setting.pattern.test(value)) continue
    throw new AppError('invalid_request', `This is no ${setting.label}.`, {
      field: `settings.${name}`,
      hint: `Write it such as ${setting.example}.`,
    })
  }
  return given
}

function orElse<T>(value: T | null | undefined, preset: T): T | undefined {
  return value === null ? preset : value
}
