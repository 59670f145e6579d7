import { expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { createRunJournal } from '#main/engine/gaps/run-journal.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { createFakeLog } from '#test/support/fake-log.ts'

const MINUTE = 60_000

function setUp() {
  const clock = createFakeClock()
  const { runs } = createMemoryStore()
  const log = createFakeLog()
  const startedAt = clock.now()
  /** In minutes since the start. */
  const noted = async () =>
    (await runs.list({ since: 0, until: Number.MAX_SAFE_INTEGER })).map((run) => [
      (run.startedAt - startedAt) / MINUTE,
      (run.aliveAt - startedAt) / MINUTE,
    ])
  return { clock, log, runs, noted, journal: createRunJournal({ runs, clock, log }) }
}

it('CAP-9 notes each minute that the program runs, so that a crash is known to within one', async () => {
  const { clock, noted, journal } = setUp()
  await journal.begin()
  await clock.advance(5.5 * MINUTE)
  expect(await noted()).toEqual([[0, 5]])
})

it('CAP-9 notes the moment of a stop, and no more after it', async () => {
  const { clock, noted, journal } = setUp()
  await journal.begin()
  await clock.advance(0.5 * MINUTE)
  await journal.end()
  await clock.advance(10 * MINUTE)
  expect(await noted()).toEqual([[0, 0.5]])
  expect(clock.pending()).toEqual([])
})

it('CAP-9 begins a run of its own after a sleep, announced or not', async () => {
  const { clock, noted, journal } = setUp()
  await journal.begin()
  await clock.advance(2 * MINUTE)
  clock.sleep(60 * MINUTE)
  await clock.advance(1 * MINUTE)
  expect(await noted()).toEqual([
    [0, 2],
    [63, 63],
  ])
  await journal.end()
  clock.sleep(30 * MINUTE)
  await journal.begin()
  expect((await noted()).at(-1)).toEqual([93, 93])
})

it('CAP-9 goes on where the store takes nothing, and says so in the log', async () => {
  const { clock, log } = setUp()
  const failing = () => Promise.reject(new Error('the disk is full'))
  const journal = createRunJournal({ runs: { begin: failing, alive: failing, list: async () => [] }, clock, log })
  await journal.begin()
  await clock.advance(MINUTE)
  expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'warn'])
})
