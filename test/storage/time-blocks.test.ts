import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BLOCK_KEYS, TimeBlocks } from '#main/adapters/sqlite/search/index/time-blocks.ts'

/** Events by key: what was stored in order, with jumps of the clock in both directions. */
const EVENTS = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: -3_000, max: 3_000 })), { maxLength: 60 })
  .map((steps) => {
    let [key, at] = [0, 10_000]
    return steps.map(([further, later]) => ({ key: (key += further), at: (at = Math.max(0, at + later)) }))
  })

const ALL = { since: -1, until: Number.MAX_SAFE_INTEGER }

function blocksOf(events: readonly { key: number; at: number }[]): TimeBlocks {
  const blocks = new TimeBlocks([])
  for (const { key, at } of events) blocks.add(key, at)
  return blocks
}

it('RPL-4 runs hold each event that was received in time once, and none that came later than their ceilings say', () => {
  const span = fc.record({ since: fc.integer({ min: -1, max: 30_000 }), until: fc.integer({ min: 0, max: 30_000 }) })
  fc.assert(
    fc.property(EVENTS, fc.oneof(fc.constant(ALL), span), (events, { since, until }) => {
      const runs = blocksOf(events).runs({ since, until })
      const holding = (key: number) => runs.filter(({ from, below }) => key >= from && key < below)
      for (const { key, at } of events) {
        const held = holding(key)
        expect(held.length).toBeLessThanOrEqual(1)
        expect(held.length).toBeGreaterThanOrEqual(at >= since && at <= until ? 1 : 0)
        for (const run of held) expect(run.ceiling(key)).toBeGreaterThanOrEqual(at)
      }
    }),
  )
})

it('RPL-4 another run begins where time goes back by much', () => {
  const newest = Array.from({ length: 1_000 }, (_, key) => ({ key, at: 1_000_000 + key }))
  const archive = Array.from({ length: 5_000 }, (_, index) => ({ key: 1_000 + index, at: index }))
  const runs = blocksOf([...newest, ...archive]).runs(ALL)
  expect(runs.map(({ from }) => from / BLOCK_KEYS)).toEqual([0, 4])
  expect(runs[1]!.ceiling(5_999)).toBe(4_999)
})
