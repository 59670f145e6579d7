import { AppError } from '#shared/model/app-error.ts'
import type { EndpointConfig } from '#shared/model/endpoint.ts'
import { DEFAULT_WATCH_HOURS } from '#shared/model/integration.ts'
import { resolvePolicy } from '../delivery/policies.ts'
import { withoutTokens } from '../delivery/request/url-template.ts'
import type { EndpointChange } from '../engine.ts'
import { checkHeaders } from '../header-rules.ts'
import type { AddressGuard } from '../ports.ts'
import { checkCondition, checkTemplates, checkTls } from './config-checks.ts'

/** Headers that belong to the connection, or that tell a receiver which delivery it holds. */
export const REFUSED_HEADERS = new Set([
  'connection',
  'content-length',
  'expect',
  'hookloop-attempt',
  'hookloop-delivery',
  'hookloop-event',
  'hookloop-hops',
  'hookloop-replay',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** What a new endpoint has where nothing is said: no event types, so that it receives nothing by surprise. */
export function blankConfig(): EndpointConfig {
  return {
    name: '',
    url: '',
    eventTypes: [],
    headers: [],
    policy: resolvePolicy('standard'),
    provider: null,
    method: null,
    condition: null,
    transformation: null,
    testMode: false,
    tls: { verify: true, ca: null },
    forwardPath: false,
    owner: null,
    kind: null,
    settings: {},
    escalation: null,
    watchHours: DEFAULT_WATCH_HOURS,
    role: null,
  }
}

/** What a configuration may refer to. */
export interface ConfigRules {
  hasProvider(id: string): boolean
  guard: AddressGuard
  /** The secrets that the endpoint has after the change. */
  secretNames: ReadonlySet<string>
  /** Throws `AppError` where the expression cannot be read. */
  checkTransformation(source: string): void
}

/** The configuration after a change, checked; throws `AppError` that names the field. */
export function changedConfig(config: EndpointConfig, change: EndpointChange, rules: ConfigRules): EndpointConfig {
  if (change.url !== undefined) checkTargetUrl(withoutTokens(change.url), 'url', rules.guard)
  if (change.headers) checkHeaders(change.headers, { field: 'headers', refused: REFUSED_HEADERS })
  const next: EndpointConfig = {
    ...config,
    ...present(plainFields(change)),
    eventTypes: change.eventTypes ? [...new Set(change.eventTypes)] : config.eventTypes,
    policy: change.policy === undefined ? config.policy : resolvePolicy(change.policy),
    tls: { ...config.tls, ...present(change.tls) },
  }
  checkProvider(next, rules)
  checkTemplates(next, rules.secretNames)
  if (change.condition !== undefined) checkCondition(next.condition)
  if (change.transformation) rules.checkTransformation(change.transformation)
  if (change.tls) checkTls(next.tls)
  return next
}

/** Those that are taken as they are. */
function plainFields(change: EndpointChange) {
  const { name, url, headers, provider, method, condition, transformation, testMode, forwardPath, owner } = change
  const { kind, settings, escalation, watchHours, role } = change
  const sending = { name, url, headers, provider, method, condition, transformation, testMode, forwardPath, owner }
  return { ...sending, kind, settings, escalation, watchHours, role }
}

/** Its fields as far as they are given. */
type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what was left out, so that a part alone can be changed. */
function present<T extends object>(change: T | undefined): Given<T> {
  return Object.fromEntries(Object.entries(change ?? {}).filter(([, value]) => value !== undefined)) as Given<T>
}

/** The provider that signs: the endpoint's own or else its policy's. */
export function signerOf(config: EndpointConfig): string {
  return config.provider ?? config.policy.provider
}

function checkProvider(config: EndpointConfig, { hasProvider }: Pick<ConfigRules, 'hasProvider'>): void {
  const signer = signerOf(config)
  if (signer === 'none' || hasProvider(signer)) return
  throw new AppError('unknown_provider', `There is no provider “${signer}”.`, {
    field: 'provider',
    hint: 'GET /api/v1/providers lists them; “none” signs nothing.',
  })
}

/** A backslash or a control character in a URL: one reader takes for the host what another takes for the path. */
// oxlint-disable-next-line no-control-regex -- control characters are just what is looked for
const READ_DIFFERENTLY = /[\\\x00-\x1f\x7f]/

/** How a URL is spoken of that cannot be called. */
export interface UrlWords {
  example: string
  /** What is called by http or https. */
  called: string
  refused: string
  /** Where credentials belong. */
  credentials: string
}

const OF_DELIVERIES: UrlWords = {
  example: 'http://localhost:3000/webhooks',
  called: 'Deliveries go to http or https, not to',
  refused: 'Deliveries are not sent to',
  credentials: 'Take them out and send them as an Authorization header.',
}

/** Throws `AppError` `invalid_request` unless it can be called, as far as can be told before a name is resolved. */
export function checkTargetUrl(text: string, field: string, guard: AddressGuard, words = OF_DELIVERIES): void {
  const url = READ_DIFFERENTLY.test(text) ? null : URL.parse(text)
  if (!url) {
    throw new AppError('invalid_request', 'This is not a URL.', {
      field,
      hint: `Write it whole, such as ${words.example}.`,
    })
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new AppError('invalid_request', `${words.called} ${url.protocol.slice(0, -1)}.`, {
      field,
      hint: 'Begin the URL with http:// or https://.',
    })
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('invalid_request', 'A URL with a user name or password would stand in logs.', {
      field,
      hint: words.credentials,
    })
  }
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  const refused = guard.refuseHost(url.hostname, port)
  if (refused !== null) {
    throw new AppError('invalid_request', `${words.refused} ${url.host}: ${refused}.`, {
      field,
      hint: 'Use an address that Hookloop may reach.',
    })
  }
}
