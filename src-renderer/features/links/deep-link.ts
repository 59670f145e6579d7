import { EventTypeFilter } from '#shared/model/endpoint.ts'
import { DeliveryId, EndpointId, EventId } from '#shared/model/ids.ts'

/** Characters that a link may have; whoever hands one over cuts it not before one more. */
const LINK_LIMIT = 8_192
const NAME_LIMIT = 200
const TYPES_LIMIT = 50
const POLICY = /^[a-z0-9][a-z0-9-]{0,60}$/

/** What a `hookloop://` link asks for. Nothing of it is done before a person has seen it and agreed. */
export type DeepLink =
  | { kind: 'show'; thing: 'event' | 'delivery' | 'endpoint'; id: string }
  | { kind: 'add-endpoint'; name: string; url: string; eventTypes: readonly string[]; policy: string }
  | { kind: 'replay'; eventId: string; endpointId: string | null }
  /** Files are chosen by a person, never by a link. */
  | { kind: 'import' }

/** What it asks for, or why it cannot be followed, in words for a person. */
export type ReadDeepLink = { link: DeepLink; problem: null } | { link: null; problem: string }

type Fields = Readonly<Record<string, string>>

/** Reads a link that came from anywhere: strictly, and without ever throwing. */
export function readDeepLink(text: string): ReadDeepLink {
  if (text.length > LINK_LIMIT) return refused(`It is longer than ${LINK_LIMIT.toLocaleString('en')} characters.`)
  const url = URL.parse(text)
  if (url?.protocol !== 'hookloop:' || /[\p{Cc}\s]/u.test(text))
    return refused('It cannot be read as a link to Hookloop.')
  const isPlain = url.pathname === '' || url.pathname === '/'
  if (!isPlain || url.username !== '' || url.password !== '' || url.port !== '' || url.hash !== '') {
    return refused('It holds more than the name of a deed and its fields.')
  }
  const read = READERS[url.hostname]
  if (read === undefined) return refused('It asks for something that Hookloop does not do.')
  const names = [...url.searchParams.keys()]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return refused(`It gives “${shortened(twice)}” twice.`)
  const strange = names.find((name) => !read.fields.includes(name))
  if (strange !== undefined) return refused(`It holds a field “${shortened(strange)}” that is not known here.`)
  return read.read(Object.fromEntries(url.searchParams))
}

interface Reader {
  fields: readonly string[]
  read(fields: Fields): ReadDeepLink
}

const THINGS = { event: EventId, delivery: DeliveryId, endpoint: EndpointId } as const

const READERS: Readonly<Record<string, Reader>> = Object.assign(Object.create(null) as Record<string, Reader>, {
  show: { fields: Object.keys(THINGS), read: readShow },
  'add-endpoint': { fields: ['name', 'url', 'types', 'policy'], read: readEndpoint },
  replay: { fields: ['event', 'endpoint'], read: readReplay },
  import: { fields: ['file', 'url', 'path'], read: () => followed({ kind: 'import' }) },
})

function readShow(fields: Fields): ReadDeepLink {
  const [found, ...more] = Object.entries(fields).flatMap(([name, id]) => (isThing(name) ? [{ thing: name, id }] : []))
  if (found === undefined || more.length > 0) return refused('It does not say which one thing to show.')
  if (!THINGS[found.thing].safeParse(found.id).success) return refused(`Its “${found.thing}” is no id.`)
  return followed({ kind: 'show', ...found })
}

function isThing(name: string): name is keyof typeof THINGS {
  return Object.hasOwn(THINGS, name)
}

function readEndpoint({ name = '', url = '', types = '', policy = 'standard' }: Fields): ReadDeepLink {
  const target = URL.parse(url)
  if (target === null || !/^https?:$/.test(target.protocol)) return refused('Its “url” is no http or https address.')
  if (target.username !== '' || target.password !== '') return refused('Its “url” holds a user or a password.')
  if (name.length > NAME_LIMIT) return refused(`Its “name” is longer than ${NAME_LIMIT} characters.`)
  if (!POLICY.test(policy)) return refused('Its “policy” is no name of a preset.')
  const eventTypes = types.split(',').filter((type) => type !== '')
  if (eventTypes.length > TYPES_LIMIT) return refused(`Its “types” are more than ${TYPES_LIMIT}.`)
  const wrong = eventTypes.find((type) => !EventTypeFilter.safeParse(type).success)
  if (wrong !== undefined) return refused(`“${shortened(wrong)}” among its “types” is no event type.`)
  return followed({ kind: 'add-endpoint', name: name.trim() || target.host, url: target.href, eventTypes, policy })
}

function readReplay({ event = '', endpoint }: Fields): ReadDeepLink {
  if (!EventId.safeParse(event).success) return refused('Its “event” is no id of an event.')
  if (endpoint !== undefined && !EndpointId.safeParse(endpoint).success) {
    return refused('Its “endpoint” is no id of an endpoint.')
  }
  return followed({ kind: 'replay', eventId: event, endpointId: endpoint ?? null })
}

function followed(link: DeepLink): ReadDeepLink {
  return { link, problem: null }
}

function refused(problem: string): ReadDeepLink {
  return { link: null, problem }
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
