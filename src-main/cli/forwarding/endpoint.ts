import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { Api } from '../connection.ts'

type Policy = Parameters<Api['endpoints']['create']>[0]['policy']

/** Where the events of a source go. */
export interface ForwardOrder {
  /** Of which command the endpoint is: each finds its own again. */
  command: 'listen' | 'connect'
  /** The source's. */
  slug: string
  forwardTo: string
  eventTypes: readonly string[]
  policy: Policy
  /** Whether the captured path and query are appended. */
  forwardPath: boolean
}

export interface ForwardSetup {
  endpoint: EndpointView
  /** What was done to get there, in sentences. */
  notes: readonly string[]
}

/** As it came: the sender's own signature stays, and nothing is added to it. */
const SIGNED_BY_NOBODY = 'none'

/** Makes the endpoint, or takes the one that an earlier call made: what that one held goes out now. */
export async function ensureEndpoint(api: Api, order: ForwardOrder): Promise<ForwardSetup> {
  const { slug, forwardTo, eventTypes, policy, forwardPath } = order
  const name = `${namePrefix(order)}${URL.parse(forwardTo)?.host ?? forwardTo}`.slice(0, 100)
  const fields = {
    eventTypes: [...eventTypes],
    condition: { source: { $eq: slug } },
    forwardPath,
    ...(policy !== undefined && { policy }),
  }
  const { items } = await api.endpoints.list({})
  const found = items.find((endpoint) => endpoint.name === name && endpoint.url === forwardTo)
  if (found === undefined) {
    const made = await api.endpoints.create({ name, url: forwardTo, provider: SIGNED_BY_NOBODY, ...fields })
    return { endpoint: await api.endpoints.get({ id: made.id }), notes: [] }
  }
  const endpoint = await api.endpoints.update({ id: found.id, ...fields, confirm: true })
  if (endpoint.state === 'active') return { endpoint, notes: [] }
  const resumed = await api.endpoints.resume({ id: endpoint.id, held: 'release' })
  const came =
    resumed.released === 1 ? '1 event that came meanwhile goes' : `${resumed.released} events that came meanwhile go`
  return { endpoint: resumed.endpoint, notes: resumed.released === 0 ? [] : [`${came} out now.`] }
}

/** What comes from now on is held for the next call. Resolves to what to say of it; never rejects. */
export async function pauseForwarding(api: Api, { id }: EndpointView): Promise<string> {
  try {
    const { held } = await api.endpoints.pause({ id })
    const more = held === 0 ? '' : `, ${held} now`
    return `Forwarding is paused. What comes is held${more}, and goes out with the next call.`
  } catch {
    return 'Forwarding could not be paused: the relay is gone.'
  }
}

/** How the names of all endpoints begin that a command made for a source. */
export function namePrefix({ command, slug }: Pick<ForwardOrder, 'command' | 'slug'>): string {
  return `${command}: ${slug} to `
}
