import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { HeaderList } from '#shared/model/header.ts'

/** What the form holds. */
export interface Draft {
  name: string
  url: string
  eventTypes: readonly string[]
  /** A preset's id. */
  policy: string
  /** A provider's id, `none` for nobody, or empty for the policy's own. */
  provider: string
  headers: HeaderList
  forwardPath: boolean
  /** Only for a new one; empty has a secret made. */
  secret: string
}

export const EMPTY_DRAFT: Draft = {
  name: '',
  url: '',
  eventTypes: [],
  policy: 'standard',
  provider: '',
  headers: [],
  forwardPath: false,
  secret: '',
}

export function draftOf(endpoint: EndpointView): Draft {
  const { name, url, eventTypes, headers, forwardPath } = endpoint
  return {
    name,
    url,
    eventTypes,
    headers,
    forwardPath,
    policy: endpoint.policy.preset,
    provider: endpoint.provider ?? '',
    secret: '',
  }
}

/** Rows that nobody filled in are no headers. */
function givenHeaders(headers: HeaderList): HeaderList {
  return headers.filter(([name, value]) => name !== '' || value !== '')
}

export function toCreateInput(draft: Draft) {
  const { name, url, policy, forwardPath } = draft
  return {
    name,
    url,
    policy,
    forwardPath,
    eventTypes: [...draft.eventTypes],
    headers: givenHeaders(draft.headers),
    provider: draft.provider === '' ? null : draft.provider,
    ...(draft.secret !== '' && { secret: draft.secret }),
  }
}

/** Only what differs: an untouched policy keeps the changes that a script may have made to it. */
export function changesOf(before: Draft, after: Draft) {
  const input = toCreateInput(after)
  const old = toCreateInput(before)
  return Object.fromEntries(
    Object.entries(input).filter(
      ([field, value]) =>
        JSON.stringify(value) !== JSON.stringify(old[field as keyof typeof old]) && field !== 'secret',
    ),
  ) as Partial<Omit<typeof input, 'secret'>>
}
