import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { CopyProgress } from '#shared/model/backup.ts'
import { copyDatabase } from '#main/adapters/sqlite/storage/copy-database.ts'
import { createStorageFiles } from '#main/adapters/sqlite/storage/storage-files.ts'
import { createStorageWorker } from '#main/adapters/sqlite/storage/worker-tasks.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { storageWorkerFile } from '#main/compose/installation.ts'
import { CopyAbortedError } from '#main/engine/ports.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { ids, NOW } from '#test/conformance/store/records.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from '../temp-directory.ts'

const order = () => ({ id: ids.next('bkp'), createdAt: NOW })
const NEVER = new AbortController().signal

async function openFiles() {
  const path = join(tempDirectory(), 'data', 'hookloop.db')
  const store = openSqliteStore({ path, log: createFakeLog() })
  const world = await createWorld(store)
  const worker = createStorageWorker(storageWorkerFile())
  return { path, store, world, files: createStorageFiles({ path, worker }) }
}

describe('A backup', () => {
  it('DA05 SEC-6 is a consistent copy of the moment at which it began, while writes go on', async () => {
    const { path, store, world, files } = await openFiles()
    const endpoint = await world.addEndpoint()
    for (let number = 0; number < 400; number++) {
      await world.addEvent({ body: Buffer.alloc(40_000, `${number} `), to: [endpoint] })
    }
    const steps: CopyProgress[] = []
    const writing: Promise<unknown>[] = []
    const backup = await files.backUp(order(), {
      signal: NEVER,
      onProgress(progress) {
        steps.push(progress)
        writing.push(world.addEvent({ body: Buffer.alloc(40_000, `during ${steps.length} `), to: [endpoint] }))
      },
    })
    await Promise.all(writing)

    expect(steps.length).toBeGreaterThan(3)
    expect(steps.at(-1)!.copiedBytes).toBeGreaterThan(steps[0]!.copiedBytes)
    expect(await store.events.count(world.project.id)).toBe(400 + writing.length)
    const bytes = readFileSync(backup.path)
    expect(backup).toMatchObject({
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      counts: { projects: 1, endpoints: 1, events: 400, deliveries: 400, attempts: 0 },
    })
    const copy = new Database(backup.path, { readonly: true })
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(copy.pragma('foreign_key_check')).toEqual([])
    expect(copy.pragma('journal_mode', { simple: true })).toBe('delete')
    copy.close()
    expect(await files.backups()).toEqual([backup])
    const folder = join(path, '..', 'backups')
    expect(readdirSync(folder)).toHaveLength(2)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)

    expect(await files.removeBackup(backup.id)).toBe(true)
    expect(readdirSync(folder)).toEqual([])
    expect(await files.removeBackup(backup.id)).toBe(false)
    await store.close()
  })

  it('DA05 leaves nothing where it was canceled, and takes away what an earlier one left', async () => {
    const { path, store, world, files } = await openFiles()
    for (let number = 0; number < 300; number++) await world.addEvent({ body: Buffer.alloc(40_000, `${number} `) })
    const folder = join(path, '..', 'backups')
    mkdirSync(folder)
    writeFileSync(join(folder, 'left.db.part'), 'half')
    // The other thread is told before its first step: a later word may come after its last one.
    const made = files.backUp(order(), { signal: AbortSignal.abort(), onProgress() {} })
    await expect(made).rejects.toBeInstanceOf(CopyAbortedError)
    expect(readdirSync(folder)).toEqual([])
    expect(await files.backups()).toEqual([])

    const to = join(folder, 'half.db')
    const copied: number[] = []
    const onProgress = ({ copiedBytes }: CopyProgress) => void copied.push(copiedBytes)
    const half = copyDatabase({ from: path, to, onProgress, isAborted: () => copied.length > 1 })
    await expect(half).rejects.toBeInstanceOf(CopyAbortedError)
    expect(copied).toEqual([0, expect.toSatisfy((bytes: number) => bytes > 0)])
    expect(readdirSync(folder)).toEqual([])
    await store.close()
  })

  it('SEC-6 tells what is stored, by kind, and what is free', async () => {
    const { path, store, world, files } = await openFiles()
    for (let number = 0; number < 50; number++) await world.addEvent({ body: Buffer.alloc(40_000, `${number} `) })
    const [first, second] = await files.sizesByKind()
    expect(first).toMatchObject({ kind: 'bodies' })
    expect(first!.bytes).toBeGreaterThan(50 * 40_000)
    expect(second!.bytes).toBeLessThan(first!.bytes)
    const sizes = await files.sizes()
    const copies = ['hookloop.db.schema-3.2026', 'hookloop.db.before-restore-2026', 'hookloop.db-wal', 'hookloop.lock']
    for (const name of copies) if (!existsSync(join(path, '..', name))) writeFileSync(join(path, '..', name), 'kept')
    const { copies: kept } = await files.sizes()
    expect(kept.map((copy) => copy.path).toSorted()).toEqual(
      [copies[1], copies[0]].map((name) => join(path, '..', name!)),
    )
    expect(sizes).toMatchObject({ path, freeBytes: 0, backupBytes: 0, copies: [] })
    expect(sizes.logBytes).toBe(statSync(`${path}-wal`).size)
    expect(sizes.diskFreeBytes).toBeGreaterThan(0)
    expect(existsSync(join(path, '..', 'backups'))).toBe(false)
    await store.close()
  })
})
