import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { SourceView } from '#shared/contract/sources.ts'
import type { Condition } from '#shared/model/condition.ts'
import type { Api } from '../../connection.ts'
import { UsageError } from '../../exit.ts'

/** What is listened to, and where it goes. */
export interface ListenOrder {
  slug: string
  forwardTo: string
  eventTypes: readonly string[]
  provider: string | undefined
  secrets: readonly string[]
  policy: string | undefined
  forwardPath: boolean
}

export interface ListenSetup {
  source: SourceView
  endpoint: EndpointView
  /** What was done to get there, in sentences. */
  notes: readonly string[]
}

/** Makes the source and the endpoint, or takes those that an earlier call made. */
export async function setUp(api: Api, order: ListenOrder): Promise<ListenSetup> {
  const { source, notes } = await ensureSource(api, order)
  const { endpoint, note } = await ensureEndpoint(api, order, source)
  return { source, endpoint, notes: [...notes, ...note] }
}

async function ensureSource(api: Api, { slug, provider, secrets }: ListenOrder) {
  const { items } = await api.sources.list({})
  const found = items.find((source) => source.slug === slug)
  const fields = {
    ...(provider !== undefined && { provider }),
    ...(secrets.length > 0 && { secrets: [...secrets] }),
  }
  if (found === undefined) {
    const source = await api.sources.create({ slug, name: slug, ...fields })
    return { source, notes: [`The source “${slug}” was made.`] }
  }
  if (provider !== undefined && found.provider !== null && found.provider !== provider) {
    throw new UsageError(`The source “${slug}” is for ${found.provider}: name another with --source.`)
  }
  if (Object.keys(fields).length === 0) return { source: found, notes: [] }
  const source = await api.sources.update({ id: found.id, ...fields })
  const replaced = secrets.length > 0 && found.secrets.length > 0
  return { source, notes: replaced ? [`The secrets of the source “${slug}” are those given now.`] : [] }
}

/** As it came: the sender's own signature stays, and nothing is added to it. */
const SIGNED_BY_NOBODY = 'none'

async function ensureEndpoint(api: Api, order: ListenOrder, source: SourceView) {
  const { forwardTo, eventTypes, policy, forwardPath } = order
  const name = endpointName(order)
  const fields = {
    eventTypes: [...eventTypes],
    condition: fromSource(source),
    forwardPath,
    ...(policy !== undefined && { policy }),
  }
  const { items } = await api.endpoints.list({})
  const found = items.find((endpoint) => endpoint.name === name && endpoint.url === forwardTo)
  if (found === undefined) {
    const made = await api.endpoints.create({ name, url: forwardTo, provider: SIGNED_BY_NOBODY, ...fields })
    return { endpoint: await api.endpoints.get({ id: made.id }), note: [] }
  }
  const endpoint = await api.endpoints.update({ id: found.id, ...fields, confirm: true })
  if (endpoint.state === 'active') return { endpoint, note: [] }
  const resumed = await api.endpoints.resume({ id: endpoint.id, held: 'release' })
  const came =
    resumed.released === 1 ? '1 event that came meanwhile goes' : `${resumed.released} events that came meanwhile go`
  return { endpoint: resumed.endpoint, note: resumed.released === 0 ? [] : [`${came} out now.`] }
}

function endpointName({ slug, forwardTo }: ListenOrder): string {
  return `listen: ${slug} to ${URL.parse(forwardTo)?.host ?? forwardTo}`.slice(0, 100)
}

/** What came to this capture address, and to no other. */
function fromSource({ captureUrl }: SourceView): Condition {
  const path = new URL(captureUrl).pathname
  return { $or: [{ path: { $eq: path } }, { path: { $startsWith: `${path}/` } }] }
}
