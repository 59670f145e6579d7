import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { APPLICATION_ID } from '#main/adapters/sqlite/opening/inspect-file.ts'
import { SCHEMA_VERSION } from '#main/adapters/sqlite/opening/migrate.ts'
import { MIGRATIONS } from '#main/adapters/sqlite/migrations/index.ts'
import {
  DatabaseDamagedError,
  DatabaseOpenError,
  NewerDatabaseError,
} from '#main/adapters/sqlite/opening/open-errors.ts'
import { copyDatabase } from '#main/adapters/sqlite/storage/copy-database.ts'
import { writeManifest } from '#main/adapters/sqlite/storage/backup-manifest.ts'
import { DatabaseThereError, restoreDatabase } from '#main/adapters/sqlite/storage/restore-database.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { ids, newEvent, newRetry, NOW } from '#test/conformance/store/records.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { newRun, newStep, newWorkflow } from '#test/conformance/store/workflows/workflow-records.ts'
import { tempDirectory } from '../temp-directory.ts'

const log = createFakeLog()
const HOUR = 3_600_000

/** A backup of a store in whose middle everything was: one delivery of each state. */
async function backedUp(folder: string) {
  const path = join(folder, 'old', 'hookloop.db')
  const store = openSqliteStore({ path, log })
  const { addEndpoint, addEvent, claim, conclude, project } = await createWorld(store)
  const [active, paused] = [await addEndpoint(), await addEndpoint()]
  await store.endpoints.pause({ endpointId: paused.id, reason: 'breaker', now: NOW })
  const { deliveries: done } = await addEvent({ to: [active] })
  const [first] = await claim(active.id)
  await conclude(first!, { delivery: { state: 'succeeded', dueAt: null } })
  const { deliveries: waiting } = await addEvent({ to: [active, paused], body: Buffer.from('waiting') })
  const { deliveries: underWay } = await addEvent({ to: [active] })
  const rest = await claim(active.id, { owner: 'the run of then' })
  await store.deliveries.release({ deliveryId: rest[0]!.delivery.id, now: NOW })
  const to = join(folder, 'backup.db')
  const copied = await copyDatabase({ from: path, to, onProgress: () => {}, isAborted: () => false })
  writeManifest({ id: ids.next('bkp'), createdAt: NOW, path: to, ...copied })
  await store.close()
  return { to, path, project, active, paused, done, waiting, underWay }
}

describe('A restore', () => {
  it('DA05 brings back everything, and holds what was on its way so that nothing is sent twice', async () => {
    const folder = tempDirectory()
    const { to, active, paused, done, waiting, underWay } = await backedUp(folder)
    const path = join(folder, 'new', 'hookloop.db')
    const result = await restoreDatabase({ from: to, path, replace: false, now: NOW + HOUR })
    expect(result).toMatchObject({
      keptPath: null,
      schemaVersion: SCHEMA_VERSION,
      counts: { events: 3, deliveries: 4, endpoints: 2 },
      restored: { at: NOW + HOUR, backupAt: NOW, endpointIds: [active.id, paused.id], held: 2 },
    })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(path, '..'))).toEqual(['hookloop.db'])

    const store = openSqliteStore({ path, log })
    expect(await store.deliveries.lanes()).toEqual([])
    const states = await Promise.all(
      [...done, ...waiting, ...underWay].map(async ({ id }) => (await store.deliveries.get(id))!.state),
    )
    expect(states).toEqual(['succeeded', 'held', 'held', 'held'])
    const [begun] = await store.deliveries.attempts(underWay[0]!.id)
    expect(begun).toMatchObject({ outcome: 'interrupted', finishedAt: NOW + HOUR })
    const endpoints = await store.endpoints.list()
    const pauses = [active, paused].map(({ id }) => endpoints.find((endpoint) => endpoint.id === id)?.pausedReason)
    // Neither may find out by a probe of its own whether it can send again.
    expect(pauses).toEqual(['manual', 'manual'])
    expect(await store.settings.get('account', 'restored')).toEqual(result.restored)
    await store.close()
  })

  it('DA05 CRL-2 ends the runs of workflows that were open, and makes up for no start since', async () => {
    const folder = tempDirectory()
    const path = join(folder, 'old', 'hookloop.db')
    const store = openSqliteStore({ path, log })
    const { project, append } = await createWorld(store)
    const workflow = newWorkflow(project.id)
    const event = newEvent(project.id, new Uint8Array())
    await append({ event })
    const [done, sending, waiting] = [0, 1, 2].map((unit) => newStep(event, { unit }))
    const steps = [{ ...done!, outcome: 'succeeded' as const }, { ...sending!, outcome: 'sending' as const }, waiting!]
    await store.workflows.put(workflow)
    const run = newRun(workflow, { completed: 1, total: 3 })
    await store.workflows.createRun({ run, steps, events: [], seenToAt: null })
    await store.close()

    const to = join(folder, 'new', 'hookloop.db')
    await restoreDatabase({ from: path, path: to, replace: false, now: NOW + HOUR })
    const restored = openSqliteStore({ path: to, log })
    expect(await restored.workflows.openRuns()).toEqual([])
    const found = await restored.workflows.run(run.id)
    expect(found?.run).toMatchObject({ status: 'partial_failure', stop: 'canceled', failed: 2, finishedAt: NOW + HOUR })
    expect(found?.steps.map(({ outcome }) => outcome)).toEqual(['succeeded', 'canceled', 'skipped'])
    expect((await restored.workflows.list())[0]?.seenToAt).toBe(NOW + HOUR)
    await restored.close()
  })

  it('SEC-6 takes the place of a database only when told to, and keeps that one beside it', async () => {
    const folder = tempDirectory()
    const { to, path } = await backedUp(folder)
    const later = new Database(path)
    later.exec(`UPDATE projects SET name = 'later'`)
    later.close()
    const before = readFileSync(path)
    await expect(restoreDatabase({ from: to, path, replace: false, now: NOW })).rejects.toThrow(DatabaseThereError)
    expect(readFileSync(path).equals(before)).toBe(true)

    const { keptPath } = await restoreDatabase({ from: to, path, replace: true, now: NOW })
    expect(readFileSync(keptPath!).equals(before)).toBe(true)
    const db = new Database(path, { readonly: true })
    expect(db.prepare('SELECT name FROM projects').pluck().get()).toBe('Project')
    db.close()
  })

  it.each([
    ['the restored one', (from: string) => from.endsWith('.restoring')],
    ['the log of the one that is there', (from: string) => from.endsWith('-wal')],
  ])('SEC-6 puts back what was there where %s cannot be moved, with its log', async (_which, fails) => {
    const folder = tempDirectory()
    const { to, path } = await backedUp(folder)
    const open = new Database(path)
    open.pragma('wal_autocheckpoint = 0')
    open.exec(`UPDATE projects SET name = 'in the log'`)
    // Left as by a kill: its last change stands in the log alone.
    for (const part of ['', '-wal']) copyFileSync(path + part, `${path}.copy${part}`)
    open.close()
    for (const part of ['', '-wal']) renameSync(`${path}.copy${part}`, path + part)
    const files = () => readdirSync(join(folder, 'old')).toSorted()
    const before = files()
    let failures = 0
    const move = (from: string, target: string): void => {
      if (fails(from) && failures++ === 0) throw new Error('no such luck')
      renameSync(from, target)
    }
    const restoring = restoreDatabase({ from: to, path, replace: true, now: NOW }, move)
    await expect(restoring).rejects.toThrow('no such luck')
    expect(failures).toBeGreaterThan(0)
    expect(files()).toEqual(before)
    const db = new Database(path)
    expect(db.prepare('SELECT name FROM projects').pluck().get()).toBe('in the log')
    db.close()
  })

  it('DA05 CRL-3 pauses the bulk retries that ran, so that none goes on by itself', async () => {
    const folder = tempDirectory()
    const path = join(folder, 'old', 'hookloop.db')
    const store = openSqliteStore({ path, log })
    const world = await createWorld(store)
    const [running, over] = [newRetry(world), newRetry(world, { state: 'finished', finishedAt: NOW })]
    for (const retry of [running, over]) await store.deadLetters.createRetry(retry)
    await store.close()
    const to = join(folder, 'new', 'hookloop.db')
    await restoreDatabase({ from: path, path: to, replace: false, now: NOW + HOUR })
    const restored = openSqliteStore({ path: to, log })
    expect(await restored.deadLetters.runningRetries()).toEqual([])
    const states = [running, over].map(async ({ id }) => (await restored.deadLetters.getRetry(id))?.state)
    expect(await Promise.all(states)).toEqual(['paused', 'finished'])
    await restored.close()
  })

  it('DA05 DA08 brings an older backup up to date, and refuses one of a newer version', async () => {
    const folder = tempDirectory()
    const older = join(folder, 'older.db')
    const db = new Database(older)
    db.exec(MIGRATIONS[0]!.sql)
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1;
      INSERT INTO projects VALUES (1, 'prj_1', 'default', 'Default', 1, NULL, 0)`)
    db.close()
    const path = join(folder, 'new', 'hookloop.db')
    const { schemaVersion, counts, restored } = await restoreDatabase({ from: older, path, replace: false, now: NOW })
    expect({ schemaVersion, projects: counts.projects, backupAt: restored.backupAt }).toEqual({
      schemaVersion: 1,
      projects: 1,
      backupAt: null,
    })
    const store = openSqliteStore({ path, log })
    expect(await store.projects.list()).toHaveLength(1)
    await store.close()

    const newer = new Database(older)
    newer.pragma(`user_version = ${SCHEMA_VERSION + 1}`)
    newer.close()
    const before = readFileSync(path)
    await expect(restoreDatabase({ from: older, path, replace: true, now: NOW })).rejects.toThrow(NewerDatabaseError)
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('DA05 refuses a backup that is damaged, exchanged or not there, and changes nothing', async () => {
    const folder = tempDirectory()
    const { to } = await backedUp(folder)
    const path = join(folder, 'new', 'hookloop.db')
    const refusal = (from: string) =>
      restoreDatabase({ from, path, replace: true, now: NOW }).then(
        () => null,
        (error: unknown) => error,
      )
    const other = new Database(to)
    other.exec(`UPDATE projects SET name = 'other'`)
    other.close()
    expect(await refusal(to)).toBeInstanceOf(DatabaseDamagedError)
    expect(await refusal(join(folder, 'nothing.db'))).toBeInstanceOf(DatabaseOpenError)
    mkdirSync(join(folder, 'new'), { recursive: true })
    expect(readdirSync(join(folder, 'new'))).toEqual([])
    expect(existsSync(`${path}.restoring`)).toBe(false)
  })
})
