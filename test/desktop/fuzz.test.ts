import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { isContractProcedure } from '@orpc/contract'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Api } from '#main/cli/connection.ts'
import { buildIfStale } from '#main/cli/build.ts'
import type { Access } from '#shared/contract/base.ts'
import { contract } from '#shared/contract/index.ts'
import { ROOT } from '#test/architecture/source-tree.ts'
import { startDesk, untilShown } from './desk/desk.ts'
import { CHANNEL, OWN_PAGE } from './desk/front-ports.ts'

const POSTS = 1_500
const MESSAGES = 8_500

/** What is in every table, and in no order of its own. */
function contentsOf(database: string): Record<string, unknown[]> {
  const db = new Database(database, { readonly: true })
  try {
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
      .pluck()
      .all()
    return Object.fromEntries(
      tables.map((table) => [
        table,
        db
          .prepare(`SELECT * FROM "${String(table)}"`)
          .raw()
          .all(),
      ]),
    )
  } finally {
    db.close()
  }
}

/** Paths of the contract with what they take: only what changes nothing may be called with what fits. */
function procedures(): { path: string; isHarmless: (input: unknown) => boolean }[] {
  const found: { path: string; isHarmless: (input: unknown) => boolean }[] = []
  const visit = (node: unknown, path: string): void => {
    if (isContractProcedure(node)) {
      const { meta, inputSchema } = node['~orpc']
      const schema = inputSchema as { safeParse(input: unknown): { success: boolean } } | undefined
      const isRead = (meta as Access).action === null
      found.push({ path, isHarmless: (input) => isRead || (schema !== undefined && !schema.safeParse(input).success) })
    } else if (typeof node === 'object' && node !== null) {
      for (const [name, child] of Object.entries(node)) visit(child, `${path}/${name}`)
    }
  }
  visit(contract, '')
  return found
}

const KNOWN = procedures()
const text = fc.string({ unit: 'binary', maxLength: 40 })
const hostile = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '"; DROP TABLE events; --',
  '\u0000',
  '',
)
const json = fc.jsonValue({ maxDepth: 4 })
const polluted = json.map(
  (value) =>
    JSON.parse(
      `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"value":${JSON.stringify(value)}}`,
    ) as unknown,
)
const path = fc.oneof(
  fc.constantFrom(...KNOWN.map((each) => each.path)),
  fc.array(fc.oneof(text, hostile), { maxLength: 4 }).map((parts) => `/${parts.join('/')}`),
)
const input = fc.oneof(json, polluted, hostile)
const envelope = fc
  .record({
    i: fc.oneof(text, fc.integer(), hostile),
    t: fc.option(fc.oneof(fc.integer(), text)),
    u: path,
    m: fc.option(text),
    b: input,
    h: fc.option(fc.dictionary(text, text)),
  })
  .filter(({ u, b }) => KNOWN.find((each) => each.path === u)?.isHarmless(b) ?? true)
  .map(({ i, t, u, m, b, h }) => ({
    i,
    ...(t !== null && { t }),
    p: { u, ...(m && { m }), ...(h && { h }), b: { json: b } },
  }))
const message = fc.oneof(
  { weight: 6, arbitrary: envelope.map((call) => JSON.stringify(call)) },
  { weight: 1, arbitrary: envelope },
  { weight: 2, arbitrary: fc.oneof(text, hostile, json) },
  {
    weight: 1,
    arbitrary: fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.bigInt(), fc.constantFrom(undefined, null, NaN)),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }).map((size) => '[{"i":'.repeat(size * 2_000)) },
)
const frame = fc.oneof(
  fc.constantFrom(
    null,
    OWN_PAGE,
    { ...OWN_PAGE, isTop: false },
    { url: 'devtools://devtools/bundled/inspector.html', isTop: true },
  ),
  fc.record({ url: fc.oneof(text, fc.webUrl(), fc.constant('app://hookloop.evil/')), isTop: fc.boolean() }),
)

describe.runIf(existsSync(join(ROOT, 'src-main/desktop')))('the port of the desktop', () => {
  beforeAll(buildIfStale, 120_000)

  it('SE29 10,000 hostile messages leave the main process alive and the store as it was', async () => {
    const home = mkdtempSync(join(tmpdir(), 'hookloop-fuzz-'))
    onTestFinished(() => rmSync(home, { recursive: true, force: true }))
    const desk = startDesk({ home })
    await untilShown(desk)
    const { port } = await desk.ports.handOver()
    const api: Api = createORPCClient(new RPCLink({ port: port as unknown as globalThis.MessagePort }))
    await api.events.list({})
    const database = join(home, 'share/hookloop/hookloop.db')
    const before = contentsOf(database)

    const taken = { take: () => {}, close: () => {} }
    let ports = 0
    const posts = fc.sample(
      fc.record({ channel: fc.oneof(fc.constant(CHANNEL), text, hostile), message: input, frame, count: fc.nat(3) }),
      { numRuns: POSTS, seed: 4711 },
    )
    await Promise.all(
      posts.map(({ count, ...posted }) => {
        const ids = Array.from({ length: count }, () => `fuzz-${++ports}`)
        for (const id of ids) desk.ports.join(id, taken)
        return desk.ports.post({ ...posted, ports: ids })
      }),
    )
    desk.ports.join('fuzzed', taken)
    await desk.ports.post({ channel: CHANNEL, ports: ['fuzzed'], frame: OWN_PAGE })
    const messages = fc.sample(message, { numRuns: MESSAGES, seed: 4711 })
    for (let at = 0; at < messages.length; at += 500) {
      await Promise.all(messages.slice(at, at + 500).map((each) => desk.ports.send('fuzzed', each)))
    }
    await desk.ports.send('fuzzed', 'x'.repeat(20_000_000))

    expect((await api.system.status({})).mode).toBe('local')
    expect(await desk.ask('channels')).toEqual([CHANNEL])
    expect(contentsOf(database)).toEqual(before)
  }, 60_000)
})
