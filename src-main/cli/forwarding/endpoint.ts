import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { Api } from '../connection.ts'
import type { Begun } from './changes.ts'

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
  /** This call made it. */
  isNewEndpoint: boolean
}

/** As it came: the sender's own signature stays, and nothing is added to it. */
const SIGNED_BY_NOBODY = 'none'

/** Makes the endpoint, or takes the one that an earlier call made. It holds what comes until forwarding is resumed. */
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
    const made = await api.endpoints.create({
      name,
      url: forwardTo,
      provider: SIGNED_BY_NOBODY,
      enabled: false,
      ...fields,
    })
    return { endpoint: await api.endpoints.get({ id: made.id }), isNewEndpoint: true }
  }
  const endpoint = await api.endpoints.update({ id: found.id, ...fields, confirm: true })
  return { endpoint, isNewEndpoint: false }
}

/** What is held goes out now, and all that comes as it comes. A new endpoint that may not be active is gone again. */
export async function resumeForwarding(api: Api, setup: ForwardSetup): Promise<Begun> {
  const { id } = setup.endpoint
  // Somebody may have resumed it meanwhile.
  const now = await api.endpoints.get({ id })
  if (now.state === 'active') return { endpoint: now, notes: [] }
  const { endpoint, released } = await api.endpoints.resume({ id, held: 'release' }).catch(async (error: unknown) => {
    if (setup.isNewEndpoint) await api.endpoints.delete({ id })
    throw error
  })
  if (released === 0) return { endpoint, notes: [] }
  const came = released === 1 ? '1 event that came meanwhile goes' : `${released} events that came meanwhile go`
  return { endpoint, notes: [`${came} out now.`] }
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
