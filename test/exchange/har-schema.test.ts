import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ExportedEvent } from '#shared/model/exchange/exported-event.ts'
import { harEntries, harFrame } from '#shared/model/exchange/har.ts'
import { withoutSecrets } from '#shared/model/exchange/hide-secrets.ts'

const require = createRequire(import.meta.url)

/** By the schema that tools check a HAR with. */
function harProblems(har: unknown): unknown {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json') as object)
  const schemas = Object.values(require('har-schema') as Record<string, object>)
  for (const schema of schemas) ajv.addSchema(schema)
  const validate = ajv.getSchema('har.json#')!
  return validate(har) === true ? null : validate.errors
}

const instant = fc.integer({ min: 0, max: 4e12 }).map((at) => new Date(at).toISOString())
const headers = fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string()))
const body = fc.oneof(
  fc.string().map((text) => ({ text })),
  fc.uint8Array().map((bytes) => ({ base64: Buffer.from(bytes).toString('base64') })),
)
const ms = fc.option(fc.nat(10_000))
const attempt = fc.record({
  id: fc.constant('att_1'),
  number: fc.integer({ min: 1, max: 9 }),
  trigger: fc.constantFrom('automatic' as const, 'replay' as const),
  outcome: fc.constantFrom('succeeded' as const, 'failed' as const),
  startedAt: instant,
  finishedAt: instant,
  request: fc.option(fc.record({ method: fc.constant('POST'), url: fc.webUrl(), headers, body: fc.option(body) })),
  response: fc.option(
    fc.record({ status: fc.integer({ min: 100, max: 599 }), headers, body, truncated: fc.boolean() }),
  ),
  failure: fc.constant(null),
  timings: fc.record({ dnsMs: ms, connectMs: ms, tlsMs: ms, firstByteMs: ms, bodyMs: ms, totalMs: fc.nat(10_000) }),
})
const event = fc.record({
  id: fc.constant('evt_1'),
  type: fc.constant('order.paid'),
  provider: fc.option(fc.constant('github')),
  source: fc.option(fc.constant('inbox')),
  origin: fc.constant('captured' as const),
  capture: fc.constant('complete' as const),
  captureNote: fc.constant(null),
  receivedAt: instant,
  method: fc.constantFrom('POST', 'GET'),
  path: fc.webPath(),
  query: fc.option(fc.webQueryParameters()),
  httpVersion: fc.constantFrom('1.1', '1.0', ''),
  headers,
  trailers: headers,
  contentType: fc.option(fc.string()),
  remoteAddress: fc.option(fc.ipV4()),
  body,
  verdict: fc.constant(null),
  messageId: fc.constant(null),
  deliveries: fc.array(
    fc.record({
      id: fc.constant('dlv_1'),
      endpoint: fc.option(fc.string()),
      url: fc.option(fc.webUrl()),
      state: fc.constant('failed' as const),
      createdAt: instant,
      attempts: fc.array(attempt, { maxLength: 3 }),
    }),
    { maxLength: 2 },
  ),
})

it('RPL-5 any event with its attempts is a HAR by the schema of the format, with and without its secrets', () => {
  const { start, end } = harFrame('1.2.3')
  fc.assert(
    fc.property(event, fc.boolean(), (generated, hides) => {
      const parsed = ExportedEvent.parse(generated)
      const entries = harEntries(hides ? withoutSecrets(parsed) : parsed, { captureOrigin: 'http://127.0.0.1:4781' })
      const har: unknown = JSON.parse(start + entries.map((entry) => JSON.stringify(entry)).join(',') + end)
      expect(harProblems(har)).toBeNull()
    }),
    { numRuns: 60 },
  )
})
