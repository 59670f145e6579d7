import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import { indexFile } from '#main/adapters/sqlite/search/index/index-file.ts'
import { openEventIndex } from '#main/adapters/sqlite/search/index/open-event-index.ts'
import { createThreadSearcher } from '#main/adapters/sqlite/search/thread/thread-searcher.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { searchThreadFile } from '#main/compose/installation.ts'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import { ids } from '#test/conformance/store/records.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from './temp-directory.ts'

const log = createFakeLog()
const NEEDLE: EventFilter = [{ kind: 'text', text: 'needle', negated: false }]
const EVENTS = 300

/** A closed database of which every third event holds a needle, and its whole index. */
async function filled() {
  const path = join(tempDirectory(), 'hookloop.db')
  const store = openSqliteStore({ path, log })
  const { addEvent, project } = await createWorld(store)
  const bodies = Array.from({ length: EVENTS }, (_, place) => (place % 3 === 0 ? `a needle ${place}` : `hay ${place}`))
  await Promise.all(bodies.map((body) => addEvent({ body: new TextEncoder().encode(body) })))
  await store.close()
  const db = openDatabase({ path, log })
  const index = openEventIndex(db, path)
  while (index.advance()) continue
  index.close()
  db.close()
  return { path, projectId: project.id }
}

/** How many needles a product finds that is started on the database, on its thread. */
async function needles({ path, projectId }: { path: string; projectId: ReturnType<typeof ids.next<'prj'>> }) {
  const store = openSqliteStore({ path, log, searcher: createThreadSearcher({ program: searchThreadFile(), path }) })
  const { count } = await store.events.countFitting({ projectId, filter: NEEDLE, most: 1_000 })
  await store.close()
  return count
}

/** What an index says of itself when it is opened again. */
function standing(path: string) {
  const db = openDatabase({ path, log })
  const index = openEventIndex(db, path)
  const { wasClosed } = index
  const indexedTo = index.indexedTo()
  index.close()
  db.close()
  return { wasClosed, indexedTo }
}

it('RPL-4 goes on with its index after a restart, without making it anew', async () => {
  const world = await filled()
  expect(await needles(world)).toBe(EVENTS / 3)
  expect(standing(world.path)).toEqual({ wasClosed: true, indexedTo: EVENTS })
})

it.each([
  ['no database any more', (file: string) => writeFileSync(file, 'no database'.repeat(5_000))],
  ['empty', (file: string) => writeFileSync(file, '')],
  ['damaged inside', (file: string) => writeFileSync(file, readFileSync(file).fill(0xa5, 8_192, statSync(file).size))],
])('RPL-4 DA03 finds everything with an index that is %s, and makes it anew', async (_what, damage) => {
  const world = await filled()
  damage(indexFile(world.path))
  expect(await needles(world)).toBe(EVENTS / 3)
  expect(await needles(world)).toBe(EVENTS / 3)
})

it('RPL-4 trusts no index of another database, as after a restore', async () => {
  const [world, other] = [await filled(), await filled()]
  copyFileSync(indexFile(other.path), indexFile(world.path))
  expect(standing(world.path)).toEqual({ wasClosed: false, indexedTo: 0 })
  expect(await needles(world)).toBe(EVENTS / 3)
})

it('RPL-4 tells the thread of a search that nobody waits for any more, and rejects it with the reason', async () => {
  const program = join(tempDirectory(), 'never-answers.mjs')
  writeFileSync(
    program,
    `import { parentPort } from 'node:worker_threads'
     let calledOff = 0
     parentPort.on('message', ({ kind, id }) => {
       if (kind === 'callOff') calledOff++
       if (kind === 'countEvents') parentPort.postMessage({ id, answer: { count: calledOff, isMore: false } })
       if (kind === 'close') parentPort.close()
     })`,
  )
  const searcher = createThreadSearcher({ program, path: 'unused' })
  onTestFinished(() => searcher.close())
  const search = { projectId: ids.next('prj'), filter: NEEDLE, before: { at: 1, key: 1 } }
  const leaving = new AbortController()
  const searching = searcher.events({ ...search, signal: leaving.signal }, 10)
  leaving.abort(new Error('another filter was typed'))
  await expect(searching).rejects.toThrow('another filter was typed')
  expect(await searcher.countEvents({ ...search, signal: undefined }, 10)).toEqual({ count: 1, isMore: false })
  await expect(searcher.events({ ...search, signal: leaving.signal }, 10)).rejects.toThrow('another filter was typed')
})
