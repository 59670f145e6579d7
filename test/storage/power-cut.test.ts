import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from './temp-directory.ts'

const HEADER_BYTES = 32
const FRAME_BYTES = 24 + 4_096
const SECTOR_BYTES = 512
const log = createFakeLog()

/** What had been acknowledged when the log was synced up to here. */
interface SyncPoint {
  endBytes: number
  acknowledged: number
}

interface Recorded {
  /** The file and its log as they lay on the disk at the end. */
  database: Buffer
  wal: Buffer
  syncs: SyncPoint[]
  ids: string[]
}

/** Stores events one commit after the other, the log begun anew once, and notes how far it reached at each acknowledgement. */
async function record(commits: number): Promise<Recorded> {
  const path = join(tempDirectory(), 'hookloop.db')
  const store = openSqliteStore({ path, log })
  const { addEvent, addEndpoint } = await createWorld(store)
  const to = [await addEndpoint()]
  const ids: string[] = []
  const syncs: SyncPoint[] = []
  const add = async (index: number) => {
    const added = await addEvent({ to, body: new Uint8Array(1_000 + index * 300).fill(index) })
    ids.push(added.event.id)
  }
  for (let index = 0; index < commits; index++) await add(index)
  checkpoint(path)
  for (let index = 0; index < commits; index++) {
    await add(commits + index)
    syncs.push({ endBytes: endOf(readFileSync(`${path}-wal`)), acknowledged: ids.length })
  }
  const recorded = { database: readFileSync(path), wal: readFileSync(`${path}-wal`), syncs, ids }
  await store.close()
  return recorded
}

function checkpoint(path: string): void {
  const db = new Database(path)
  db.pragma('wal_checkpoint(PASSIVE)')
  db.close()
}

/** Where the frames of the log's present round end; older ones may follow. */
function endOf(wal: Buffer): number {
  const salt = wal.subarray(16, 24)
  let end = HEADER_BYTES
  while (end + FRAME_BYTES <= wal.length && wal.subarray(end + 8, end + 16).equals(salt)) end += FRAME_BYTES
  return end
}

/** Opens what a power cut left behind and answers the events in it, having checked that it is whole. */
function opened(directory: string, database: Buffer, wal: Buffer): string[] {
  const path = join(directory, 'hookloop.db')
  for (const part of ['', '-wal', '-shm']) rmSync(path + part, { force: true })
  writeFileSync(path, database, { mode: 0o600 })
  writeFileSync(`${path}-wal`, wal)
  const db = openDatabase({ path, log })
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.pragma('foreign_key_check')).toEqual([])
    return db.prepare('SELECT id FROM events ORDER BY key').pluck().all() as string[]
  } finally {
    db.close()
  }
}

const lastSync = (syncs: readonly SyncPoint[], cutBytes: number): SyncPoint | undefined =>
  syncs.findLast(({ endBytes }) => endBytes <= cutBytes)

describe('A power cut', () => {
  it('EN08 loses nothing that was acknowledged, wherever it cuts the log', { timeout: 180_000 }, async () => {
    const { database, wal, syncs, ids } = await record(12)
    const directory = tempDirectory()
    const end = syncs.at(-1)!.endBytes
    const before = syncs[0]!.acknowledged - 1
    const frames = Array.from(
      { length: (end - HEADER_BYTES) / FRAME_BYTES + 1 },
      (_, at) => HEADER_BYTES + at * FRAME_BYTES,
    )
    // Of the sectors, one in seven: each place within a frame comes up over the frames.
    const sectors = Array.from({ length: Math.floor(end / (SECTOR_BYTES * 7)) }, (_, at) => at * SECTOR_BYTES * 7)
    for (const [index, cut] of [...frames, ...sectors].entries()) {
      const kept = lastSync(syncs, cut)?.acknowledged ?? before
      const torn = index % 2 === 0 ? wal.subarray(0, cut) : Buffer.from(wal).fill(0xa5, cut)
      expect(opened(directory, database, torn), `cut at ${cut}`).toEqual(ids.slice(0, kept))
    }
    expect(frames.length).toBeGreaterThan(100)
  })

  it('EN08 takes no garbage behind the last commit for a part of it', async () => {
    const { database, wal, syncs, ids } = await record(4)
    const directory = tempDirectory()
    for (const { endBytes, acknowledged } of syncs) {
      const garbage = Buffer.concat([wal.subarray(0, endBytes), Buffer.alloc(FRAME_BYTES * 2, 0x5a)])
      expect(opened(directory, database, garbage)).toEqual(ids.slice(0, acknowledged))
    }
  })

  it('EN08 in the middle of a checkpoint leaves everything to the log', async () => {
    const { database, wal, ids } = await record(6)
    const directory = tempDirectory()
    const path = join(directory, 'whole.db')
    writeFileSync(path, database)
    writeFileSync(`${path}-wal`, wal)
    checkpoint(path)
    const after = readFileSync(path)
    const pages = Math.max(after.length, database.length) / 4_096
    for (let written = 0; written <= pages; written += 3) {
      const half = Buffer.concat([after.subarray(0, written * 4_096), database.subarray(written * 4_096)])
      expect(opened(directory, half, wal), `after ${written} pages`).toEqual(ids)
    }
  })
})
