import type { Endpoint, EndpointConfig } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { takesType } from '#shared/model/event-type-filter.ts'
import { integrationType } from '../integrations/integration-types.ts'
import type { Ids } from '../ports.ts'
import { sha256Hex } from '../signing/digest.ts'

/** What a test sends: an event type and its body as a JSON value. */
export interface TestSample {
  type: string
  body: unknown
}

/** What is known to come to such an endpoint: its kind's own sample, or one of the catalog that its filter takes. */
export function sampleFor(
  { projectId, version: { config } }: Pick<Endpoint, 'projectId' | 'version'>,
  catalog: Pick<Catalog, 'list'>,
): TestSample {
  if (config.kind !== null) return integrationType(config.kind).sample
  return catalogSample(config, catalog.list(projectId)) ?? { type: plainType(config), body: { test: true } }
}

function catalogSample({ eventTypes }: EndpointConfig, providers: ReturnType<Catalog['list']>): TestSample | null {
  const types = providers.flatMap((provider) => provider.eventTypes)
  for (const filter of eventTypes.filter((each) => each !== '*')) {
    const found = types.find(({ name }) => takesType(filter, name))
    if (found) return { type: found.name, body: found.sample }
  }
  return null
}

/** One that the filter takes, where it names any. */
function plainType({ eventTypes }: EndpointConfig): string {
  const named = eventTypes.find((each) => each !== '*')
  return named?.replace(/\.\*$/, '.test') ?? 'test'
}

/** The event of a test: made for one endpoint, as a triggered one is. */
export function testEvent(
  { type, body }: TestSample,
  { projectId, ids, now }: { projectId: Endpoint['projectId']; ids: Ids; now: number },
): { event: EventRecord; body: Uint8Array } {
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  const contentType = 'application/json'
  const event: EventRecord = {
    id: ids.next('evt'),
    projectId,
    sourceId: null,
    type,
    provider: null,
    origin: 'triggered',
    editedFrom: null,
    capture: 'complete',
    captureNote: null,
    receivedAt: now,
    method: 'POST',
    path: '/',
    query: null,
    httpVersion: '1.1',
    headers: [
      ['Content-Type', contentType],
      ['User-Agent', 'Hookloop'],
    ],
    trailers: [],
    contentType,
    bodySha256: sha256Hex(bytes),
    bodySizeBytes: bytes.length,
    declaredSizeBytes: null,
    remoteAddress: null,
    hops: 0,
  }
  return { event, body: bytes }
}
