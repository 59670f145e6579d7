import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { Condition } from '#shared/model/condition.ts'
import { DEFAULT_WATCH_HOURS } from '#shared/model/integration.ts'
import type { HeaderList } from '#shared/model/header.ts'
import { type Care, careInput, careOf } from './care-fields.tsx'
import { type PolicyDraft, toPolicyInput } from './policy/policy-draft.ts'

const SIGNING_SECRET = 'signing'

/** What the form holds. */
export interface Draft extends Care {
  name: string
  url: string
  eventTypes: readonly string[]
  policy: PolicyDraft
  /** A provider's id, `none` for nobody, or empty for the policy's own. */
  provider: string
  headers: HeaderList
  forwardPath: boolean
  /** Only for a new one; empty has a secret made. */
  secret: string
  /** JSON; empty for every event. */
  condition: string
  /** JSONata; empty leaves the body as it is. */
  transformation: string
  secrets: readonly SecretDraft[]
  /** Empty keeps the event's own. */
  method: string
  testMode: boolean
  trustAnyCertificate: boolean
  /** PEM; empty for none. */
  authorities: string
}

/** A secret that templates use. Stored values never come back: an empty value leaves a stored one as it is. */
export interface SecretDraft {
  name: string
  value: string
  isStored: boolean
  isRemoved: boolean
}

export const EMPTY_DRAFT: Draft = {
  name: '',
  url: '',
  eventTypes: [],
  policy: { preset: 'standard', own: null },
  provider: '',
  headers: [],
  forwardPath: false,
  secret: '',
  condition: '',
  transformation: '',
  secrets: [],
  method: '',
  testMode: false,
  trustAnyCertificate: false,
  authorities: '',
  owner: '',
  escalation: '',
  watchHours: String(DEFAULT_WATCH_HOURS),
}

export function draftOf(endpoint: EndpointView): Draft {
  const { name, url, eventTypes, headers, forwardPath, condition, testMode, tls } = endpoint
  const names = endpoint.secrets.map((secret) => secret.name).filter((secret) => secret !== SIGNING_SECRET)
  return {
    ...careOf(endpoint),
    name,
    url,
    eventTypes,
    headers,
    forwardPath,
    policy: { preset: endpoint.policy.preset, own: endpoint.policy },
    provider: endpoint.provider ?? '',
    secret: '',
    condition: condition === null ? '' : JSON.stringify(condition, null, 2),
    transformation: endpoint.transformation ?? '',
    secrets: names.map((secret) => ({ name: secret, value: '', isStored: true, isRemoved: false })),
    method: endpoint.method ?? '',
    testMode,
    trustAnyCertificate: !tls.verify,
    authorities: tls.ca ?? '',
  }
}

/** Null where it can be read. */
export function conditionProblem(text: string): string | null {
  const isFields = typeof readCondition(text) === 'object'
  return isFields ? null : 'This is no JSON object. Write it as {"body.total": {"$gte": 100}}.'
}

/** What is no JSON goes to the API as it is, which refuses it. */
function readCondition(text: string): Condition | null {
  if (text.trim() === '') return null
  try {
    return JSON.parse(text) as Condition
  } catch {
    return text as never
  }
}

/** Rows that nobody filled in are no headers. */
function givenHeaders(headers: HeaderList): HeaderList {
  return headers.filter(([name, value]) => name !== '' || value !== '')
}

export function toCreateInput(draft: Draft) {
  const added = draft.secrets.filter(({ name, value }) => name !== '' && value !== '')
  return {
    ...toInput(draft),
    ...(draft.secret !== '' && { secret: draft.secret }),
    ...(added.length > 0 && { secrets: Object.fromEntries(added.map(({ name, value }) => [name, value])) }),
  }
}

/** The fields that the form shows. */
export const ENDPOINT_FIELDS = [
  'name',
  'url',
  'eventTypes',
  'policy',
  'provider',
  'secret',
  'headers',
  'condition',
  'transformation',
  'secrets',
  'method',
  'tls',
  'owner',
  'escalation',
  'watchHours',
]

/** Only what differs. */
export function changesOf(before: Draft, after: Draft) {
  const input = toInput(after)
  const old = toInput(before)
  const changed = Object.entries(input).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field as keyof typeof old]),
  )
  const secrets = secretChanges(after.secrets)
  return {
    ...(Object.fromEntries(changed) as Partial<typeof input>),
    ...(Object.keys(secrets).length > 0 && { secrets }),
  }
}

function toInput(draft: Draft) {
  const { name, url, forwardPath, testMode } = draft
  return {
    ...careInput(draft),
    name,
    url,
    policy: toPolicyInput(draft.policy),
    forwardPath,
    eventTypes: [...draft.eventTypes],
    headers: givenHeaders(draft.headers),
    provider: draft.provider === '' ? null : draft.provider,
    condition: readCondition(draft.condition),
    transformation: draft.transformation.trim() === '' ? null : draft.transformation,
    method: draft.method === '' ? null : draft.method,
    testMode,
    tls: { verify: !draft.trustAnyCertificate, ca: draft.authorities.trim() === '' ? null : draft.authorities },
  }
}

function secretChanges(secrets: Draft['secrets']): Record<string, string | null> {
  return Object.fromEntries(
    secrets.flatMap(({ name, value, isRemoved }): [string, string | null][] => {
      if (isRemoved) return [[name, null]]
      return name === '' || value === '' ? [] : [[name, value]]
    }),
  )
}
