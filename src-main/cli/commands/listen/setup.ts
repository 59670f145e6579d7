import type { SourceView } from '#shared/contract/sources.ts'
import type { Api } from '../../connection.ts'
import { UsageError } from '../../exit.ts'
import { ensureEndpoint, type ForwardSetup } from '../../forwarding/endpoint.ts'

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

export interface ListenSetup extends ForwardSetup {
  source: SourceView
  /** What was done to get there, in sentences. */
  notes: readonly string[]
}

/** Makes the source and the endpoint, or takes those that an earlier call made. */
export async function setUp(api: Api, order: ListenOrder): Promise<ListenSetup> {
  const { source, notes } = await ensureSource(api, order)
  return { source, notes, ...(await ensureEndpoint(api, { command: 'listen', ...order })) }
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
