import { expect, it } from 'vitest'
import { createLastUses } from '#main/engine/last-uses.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { createFakeLog } from '#test/support/fake-log.ts'

interface Use {
  id: string
  at: number
}

const GATHER_MS = 5_000

function gathered(keep?: (uses: readonly Use[]) => Promise<void>) {
  const kept: (readonly Use[])[] = []
  const clock = createFakeClock()
  const log = createFakeLog()
  const keepAndTell = async (uses: readonly Use[]) => {
    await keep?.(uses)
    kept.push(uses)
  }
  const uses = createLastUses<Use>({ keyOf: ({ id }) => id, keep: keepAndTell, gatherMs: GATHER_MS, clock, log })
  return { uses, kept, clock, log }
}

it('CRL-3 keeps the latest use of each once a time', async () => {
  const { uses, kept, clock } = gathered()
  for (let at = 0; at < 3; at++) uses.note({ id: 'a', at })
  uses.note({ id: 'b', at: 1 })
  expect(uses.pending('a')).toEqual({ id: 'a', at: 2 })

  await clock.advance(GATHER_MS)
  expect(kept).toEqual([
    [
      { id: 'a', at: 2 },
      { id: 'b', at: 1 },
    ],
  ])
  expect(uses.pending('a')).toBeNull()
})

it('ENG-1 keeps thousands of uses in small writes, so that no delivery waits for all of them', async () => {
  const { uses, kept, clock } = gathered()
  for (let index = 0; index < 2_000; index++) uses.note({ id: String(index), at: index })

  await clock.advance(GATHER_MS)
  expect(kept.flat().length).toBeLessThan(2_000)
  await clock.advance(GATHER_MS)
  expect(kept.flat()).toHaveLength(2_000)
  expect(Math.max(...kept.map(({ length }) => length))).toBeLessThanOrEqual(25)
})

it('CRL-3 tries again what the store did not take, and forgets no newer use', async () => {
  let isBroken = true
  const { uses, kept, clock, log } = gathered(async () => {
    if (isBroken) throw new Error('the disk is full')
  })
  uses.note({ id: 'a', at: 1 })
  await clock.advance(GATHER_MS)
  expect(log.lines).toHaveLength(1)
  expect(uses.pending('a')).toEqual({ id: 'a', at: 1 })

  isBroken = false
  uses.note({ id: 'a', at: 2 })
  await clock.advance(GATHER_MS)
  expect(kept).toEqual([[{ id: 'a', at: 2 }]])
})

it('CRL-3 keeps a use that came while another of the same key was written', async () => {
  let entered = () => {}
  const { uses, kept, clock } = gathered(async () => entered())
  entered = () => {
    entered = () => {}
    uses.note({ id: 'a', at: 2 })
  }
  uses.note({ id: 'a', at: 1 })
  await clock.advance(GATHER_MS)
  expect(uses.pending('a')).toEqual({ id: 'a', at: 2 })
  await clock.advance(GATHER_MS)
  expect(kept).toEqual([[{ id: 'a', at: 1 }], [{ id: 'a', at: 2 }]])
})

it('CRL-3 keeps what is noted before it stops, and takes no more', async () => {
  const { uses, kept, clock } = gathered()
  uses.note({ id: 'a', at: 1 })
  await uses.stop()
  uses.note({ id: 'a', at: 2 })
  await clock.advance(GATHER_MS)
  expect(kept).toEqual([[{ id: 'a', at: 1 }]])
  expect(clock.pending()).toEqual([])
})
