import fc from 'fast-check'

/** Sections of a file, as they are written. */
export type Written = Record<string, Record<string, unknown>>

/** Few names, so that files often speak of the same. */
const ENDPOINTS = ['CRM', 'Ledger sync', 'müll & „Söhne“', 'a.b/c: #1', 'Last'] as const
const PROVIDERS = ['acme', 'beta'] as const

const policy = fc.constantFrom<unknown>(
  'standard',
  'crawlux',
  { preset: 'standard', timeoutMs: 9_000 },
  { preset: 'lumar', success: [200, 204], ordered: true },
)
const text = fc.constantFrom('one', 'two: three', '- four', '{five}', ' six\nseven ', 'null', '8')

const endpoint = fc.record(
  {
    url: fc.constantFrom('http://127.0.0.1:9/a', 'https://example.com/b?c=d', 'http://localhost:3000/{secret.key}'),
    eventTypes: fc.subarray(['*', 'order.paid', 'audit.*']),
    policy,
    headers: fc.constantFrom<unknown>({}, { 'X-Team': 'one' }, [
      ['X-Twice', '1'],
      ['X-Twice', '2'],
    ]),
    provider: fc.constantFrom(null, 'none', 'github', 'standard-webhooks'),
    method: fc.constantFrom(null, 'PUT'),
    condition: fc.constantFrom<unknown>(null, { 'body.total': { $gte: 100 } }),
    transformation: fc.constantFrom(null, '{"t": body.total}'),
    testMode: fc.boolean(),
    tls: fc.constantFrom({}, { verify: false }),
    forwardPath: fc.boolean(),
    owner: fc.option(text),
    watchHours: fc.constantFrom(0, 24, 72.5),
    enabled: fc.boolean(),
  },
  { requiredKeys: ['url'] },
)
/** A URL may use the secret: each has it, from a variable of one of two values. */
const withSecret = fc
  .tuple(endpoint, fc.constantFrom('KEY_A', 'KEY_B'))
  .map(([fields, env]) => ({ ...fields, secrets: { key: { env } } }))

const source = fc.record(
  {
    name: fc.constantFrom('Shop', 'Another'),
    provider: fc.constantFrom(null, 'github'),
    answer: fc.constantFrom<unknown>({ status: 202 }, { script: ['500', 200] }, { script: [503], atEnd: 'repeat' }),
    duplicates: fc.constantFrom('keep', 'drop'),
    bodyLimitBytes: fc.constantFrom(1_000, 26_214_400),
    allowedOrigins: fc.constantFrom(['*'], ['https://shop.example']),
  },
  { requiredKeys: [] },
)

const provider = fc.record(
  {
    name: fc.constantFrom('Acme', 'Beta Corp.'),
    signing: fc.constantFrom(null, { header: 'X-Signature', timestamp: { header: 'X-Time', toleranceSeconds: 60 } }),
    bodyFormat: fc.constantFrom('json', 'form'),
  },
  { requiredKeys: ['name'] },
)

const eventType = fc.record(
  {
    description: text.map((words) => words.trim()),
    sample: fc.constantFrom<unknown>({ total: 42, list: [1, null] }, { total: 7, list: [] }),
    schema: fc.constantFrom<unknown>(null, { type: 'object', properties: { total: { type: 'number' } } }),
  },
  { requiredKeys: ['sample'] },
)

const workflow = fc
  .record(
    {
      description: fc.constantFrom('', 'Smoke'),
      variables: fc.constantFrom({}, { build: '0' }),
      options: fc.constantFrom({}, { concurrency: 2 }),
      schedule: fc.constantFrom<unknown>(null, { cron: '0 3 * * *' }),
    },
    { requiredKeys: [] },
  )
  .map((fields) => ({
    ...fields,
    targets: [{ url: 'http://127.0.0.1:9/w' }],
    events: [{ type: 'order.paid', data: { total: 1 } }],
  }))

function section<T>(names: readonly string[], entry: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc
    .tuple(fc.subarray([...names]), fc.array(entry, { minLength: names.length, maxLength: names.length }))
    .map(([chosen, entries]) => Object.fromEntries(chosen.map((name, index) => [name, entries[index]!])))
}

/** A file that can be applied to any project that only such files were applied to. */
export const configurations: fc.Arbitrary<Written> = fc
  .record(
    {
      providers: section(PROVIDERS, provider),
      eventTypes: section(['standard-webhooks/order.paid', 'github/our.own'], eventType),
      sources: section(['inbox', 'shop', 'flaky'], source),
      endpoints: section(ENDPOINTS, withSecret),
      workflows: section(['smoke', 'nightly'], workflow),
    },
    { requiredKeys: [] },
  )
  .map(withGates)

/** Workflows name endpoints of the same file where there are some. */
function withGates(file: Written): Written {
  const [first] = Object.keys(file['endpoints'] ?? {})
  if (!('endpoints' in file)) return file
  // An endpoint that a workflow uses goes only with it, or with what it says.
  if (first === undefined) return { workflows: {}, ...file }
  const gated = Object.entries(file['workflows'] ?? {}).map(([name, entry], index) => [
    name,
    index === 0 ? { ...(entry as object), targets: [{ endpoint: first }], gate: { endpoint: first } } : entry,
  ])
  return { ...file, workflows: Object.fromEntries(gated) }
}
