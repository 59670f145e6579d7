import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importArchive } from '#main/adapters/sqlite/archive/import-archive.ts'
import { readLines } from '#main/adapters/sqlite/archive/read-lines.ts'
import { writeArchive } from '#main/adapters/sqlite/archive/write-archive.ts'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import type { Store } from '#main/engine/ports.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { newReplay, newSource, NOW } from '#test/conformance/store/records.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from '../temp-directory.ts'

const log = createFakeLog()
let keys = 0
const order = (from: string) => ({ from, now: NOW, newIngestKey: () => `ing_${(keys += 1)}` })

/** A project in which all that an archive tells of is there; answers what was made. */
async function exported(folder: string) {
  const path = join(folder, 'old.db')
  const store = openSqliteStore({ path, log })
  const world = await createWorld(store)
  const { project } = world
  const source = newSource(project.id)
  await store.sources.create(source)
  const [endpoint, deleted] = [await world.addEndpoint(), await world.addEndpoint()]
  const body = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251)
  const first = await world.addEvent({
    event: {
      sourceId: source.id,
      headers: [
        ['X-A', '1'],
        ['x-a', 'é\u0000'],
      ],
    },
    body,
    to: [endpoint, deleted],
    arrival: { verdict: { verdict: 'valid', reason: null, provider: 'github' }, message: { id: 'm', repeat: 'keep' } },
  })
  const [claimed] = await world.claim(endpoint.id)
  await world.conclude(claimed!, { requestBody: Buffer.from('sent'), delivery: { state: 'failed', dueAt: null } })
  const replay = newReplay(project.id)
  await store.replays.create(replay, [], null)
  const waiting = await world.addEvent({
    to: [endpoint],
    body: Buffer.from('waits'),
    // As made by a clock that had been set back.
    delivery: { replayId: replay.id, createdAt: NOW - 1_000 },
  })
  await store.endpoints.delete({ endpointId: deleted.id, now: NOW })
  const to = join(folder, 'shop.jsonl')
  const counts = await writeArchive({ from: path, to, project: project.slug, now: NOW })
  return { store, to, counts, project, source, endpoint, first, waiting, body }
}

/** An installation that ran once: with its first project and source, and nothing in them. */
async function emptyInstallation(folder: string): Promise<string> {
  const path = join(folder, 'new.db')
  const store = openSqliteStore({ path, log })
  const { project } = await createWorld(store)
  await store.sources.create(newSource(project.id))
  await store.close()
  return path
}

/** All that both stores tell of an event. */
async function toldOf(store: Store, { event, deliveries }: Awaited<ReturnType<typeof exported>>['first']) {
  const kept = await store.events.get(event.id)
  const told = await Promise.all(
    deliveries.map(async ({ id }) => [
      await store.deliveries.get(id),
      await store.deliveries.attempts(id),
      ...(await Promise.all((await store.deliveries.attempts(id)).map((it) => store.deliveries.requestBody(it.id)))),
    ]),
  )
  const all = { event: kept!.event, findings: kept!.findings, body: await store.events.body(event.id), told }
  // Bytes as text: two arrays of them differ by more than what they hold.
  return JSON.stringify(
    all,
    (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value),
    1,
  )
}

describe('An archive', () => {
  it('DA10 brings a project into another installation with the same ids, bytes, headers and attempts', async () => {
    const folder = tempDirectory()
    const old = await exported(folder)
    expect(old.counts).toEqual({ sources: 1, endpoints: 2, replays: 1, events: 2, deliveries: 3, attempts: 1 })
    expect(statSync(old.to).mode & 0o777).toBe(0o600)
    expect(readFileSync(old.to, 'utf8')).not.toContain(old.source.ingestKey)

    const path = await emptyInstallation(folder)
    const db = openDatabase({ path, log })
    expect(await importArchive(db, order(old.to))).toEqual({ project: old.project.slug, counts: old.counts })
    expect(db.pragma('foreign_key_check')).toEqual([])
    db.close()
    const store = openSqliteStore({ path, log })
    expect(await toldOf(store, old.first)).toEqual(await toldOf(old.store, old.first))
    expect(await store.projects.list()).toEqual([old.project])
    expect((await store.sources.list())[0]).toEqual({ ...old.source, ingestKey: expect.stringMatching(/^ing_\d+$/) })
    expect(await store.endpoints.list()).toMatchObject([
      { id: old.endpoint.id, version: old.endpoint.version, state: 'paused', pausedReason: 'manual' },
    ])
    expect(await store.deliveries.get(old.waiting.deliveries[0]!.id)).toMatchObject({
      state: 'held',
      dueAt: null,
      createdAt: NOW,
    })
    expect(await store.deliveries.lanes()).toEqual([])
    await store.close()
    await old.store.close()

    const again = openDatabase({ path, log })
    await expect(importArchive(again, order(old.to))).rejects.toThrow('already')
    again.close()
  })

  it('DA10 SE25 is taken wholly or not at all: cut, changed, mixed, foreign or too large ones change nothing', async () => {
    const folder = tempDirectory()
    const old = await exported(folder)
    await old.store.close()
    const lines = readFileSync(old.to, 'utf8').split('\n')
    const place = (kind: string) => lines.findIndex((line) => line.startsWith(`{"kind":"${kind}"`))
    const edited = (kind: string, from: string | RegExp, to: string) =>
      lines.map((line, index) => (index === place(kind) ? line.replace(from, to) : line)).join('\n')
    const without = (kind: string) => lines.filter((_, index) => index !== place(kind)).join('\n')
    const path = await emptyInstallation(folder)
    const db = openDatabase({ path, log })
    const before = db.serialize()
    const broken: [string, string][] = [
      ['cut', lines.join('\n').slice(0, -200)],
      ['without its end', `${lines.slice(0, -2).join('\n')}\n`],
      ['a body changed', edited('event', /"bodyBase64":"..../, '"bodyBase64":"AAAA')],
      ['an event left out', without('event')],
      ['an attempt left out', without('attempt')],
      [
        'another project',
        edited('delivery', /"projectId":"prj_[^"]+"/, '"projectId":"prj_00000000000000000000000000"'),
      ],
      ['a newer version', edited('hookloop-archive', '"version":1', '"version":2')],
      ['a head twice', `${lines[0]}\n${lines.join('\n')}`],
      ['more than it says', lines.join('\n').replace('"hookloop-archive",', '"hookloop-archive","__proto__":{"a":1},')],
      ['deep', `${'['.repeat(200_000)}\n`],
      ['no JSON', 'PK\u0003\u0004\n'],
      ['nothing', ''],
    ]
    for (const [what, text] of broken) {
      const from = join(folder, 'broken.jsonl')
      writeFileSync(from, text)
      const refusal = await importArchive(db, order(from)).then(
        () => 'taken',
        (error: unknown) => error,
      )
      expect({ what, refusal }).toMatchObject({ what, refusal: { name: 'ArchiveError', hint: expect.any(String) } })
      expect(db.serialize().equals(before), what).toBe(true)
    }
    db.close()
  })

  it('SE25 is never held as a whole: a line, and the file, may only be so long', async () => {
    const from = join(tempDirectory(), 'large.jsonl')
    writeFileSync(from, 'x'.repeat(300_000))
    const read = async (limits: { lineBytes: number; archiveBytes: number }) => {
      for await (const _ of readLines(from, limits));
    }
    await expect(read({ lineBytes: 100_000, archiveBytes: 1e9 })).rejects.toThrow('line 1 of more than 100000 bytes')
    await expect(read({ lineBytes: 1e9, archiveBytes: 200_000 })).rejects.toThrow('larger than 200000 bytes')
  })

  it('SE25 DA10 is not written where no import would take it: too large a file, or too long a line, counted in bytes', async () => {
    const folder = tempDirectory()
    const old = await exported(folder)
    const wholeBytes = statSync(old.to).size
    const write = (name: string, limits: { lineBytes: number; archiveBytes: number }) =>
      writeArchive({
        from: join(folder, 'old.db'),
        to: join(folder, name),
        project: old.project.slug,
        now: NOW,
        limits,
      })
    const longest = Math.max(
      ...readFileSync(old.to, 'utf8')
        .split('\n')
        .map((line) => Buffer.byteLength(line) + 1),
    )
    await expect(write('a.jsonl', { lineBytes: 1e9, archiveBytes: wholeBytes / 2 })).rejects.toThrow('larger than')
    await expect(write('b.jsonl', { lineBytes: longest - 1, archiveBytes: 1e9 })).rejects.toThrow('too large')
    expect(readdirSync(folder).filter((name) => /^[ab]\./.test(name))).toEqual([])
    expect(await write('c.jsonl', { lineBytes: longest, archiveBytes: wholeBytes })).toEqual(old.counts)
    await old.store.close()
  })

  it('SEC-6 DA10 is written beside a running Hookloop, and says where there is no such project', async () => {
    const folder = tempDirectory()
    const old = await exported(folder)
    const to = join(folder, 'none.jsonl')
    await expect(writeArchive({ from: join(folder, 'old.db'), to, project: 'nowhere', now: NOW })).rejects.toThrow(
      'nowhere',
    )
    await old.store.close()
    expect(() => statSync(to)).toThrow('ENOENT')
    expect(() => statSync(`${to}.part`)).toThrow('ENOENT')
  })
})
