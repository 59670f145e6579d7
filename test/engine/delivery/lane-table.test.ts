import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLaneTable, type RoomOf } from '#main/engine/delivery/dispatch/lanes/lane-table.ts'
import type { Lane } from '#main/engine/ports.ts'

const lane = (name: string): Lane => `end_${name}` as Lane
const room =
  (sure: number, more: number): RoomOf =>
  () => ({ sure, more })

describe('lanes', () => {
  it('ENG-8 share a budget evenly, and nobody gets more than it has room for', () => {
    const wishes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(wishes, fc.integer({ min: 0, max: 300 }), (more, budget) => {
        const table = createLaneTable()
        more.forEach((_, index) => table.wake(lane(String(index)), 0))
        const limits = new Map(
          table
            .choose(1, budget, (of) => ({ sure: 0, more: more[Number(of.slice(4))]! }))
            .map((one) => [one.lane, one.limit]),
        )
        const shares = more.map((_, index) => limits.get(lane(String(index))) ?? 0)
        const total = shares.reduce((sum, share) => sum + share, 0)
        expect(total).toBe(
          Math.min(
            budget,
            more.reduce((sum, wish) => sum + wish, 0),
          ),
        )
        const unsatisfied = shares.filter((share, index) => share < more[index]!)
        shares.forEach((share, index) => expect(share).toBeLessThanOrEqual(more[index]!))
        for (const share of unsatisfied) expect(share).toBeGreaterThanOrEqual(Math.max(...shares) - 1)
      }),
    )
  })

  it('ENG-8 get what they are sure of although the budget is spent', () => {
    const table = createLaneTable()
    table.wake(lane('a'), 0)
    table.wake(lane('b'), 0)
    expect(table.choose(1, -5, room(2, 10))).toEqual([
      { lane: lane('a'), limit: 2, ordered: false },
      { lane: lane('b'), limit: 2, ordered: false },
    ])
  })

  it('take turns at a budget too small for all', () => {
    const table = createLaneTable()
    const names = ['a', 'b', 'c']
    const served: string[] = []
    for (let turn = 0; turn < 6; turn++) {
      for (const name of names) table.wake(lane(name), 0)
      for (const one of table.choose(1, 1, room(0, 5))) served.push(one.lane)
    }
    for (const name of names) expect(served.filter((one) => one === lane(name))).toHaveLength(2)
  })

  it('keep a wake that comes while their claim is under way', () => {
    const table = createLaneTable()
    table.wake(lane('a'), 0)
    table.choose(1, 1, room(0, 1))
    table.wake(lane('a'), 5)
    table.wake(lane('a'), 9)
    expect(table.nextIn(1, room(0, 1))).toBe(4)
  })

  it('are not looked at while they are full, until an attempt of them ends or their room may have grown', () => {
    const table = createLaneTable()
    let asked = 0
    const full: RoomOf = () => {
      asked++
      return { sure: 0, more: 0 }
    }
    table.began(lane('a'))
    table.wake(lane('a'), 5)
    expect(table.choose(6, 1, full)).toEqual([])
    expect(table.choose(6, 1, full)).toEqual([])
    expect(asked).toBe(1)
    expect(table.nextIn(6, full)).toBeNull()
    table.ended(lane('a'))
    expect(table.nextIn(6, room(0, 1))).toBe(0)
    expect(table.choose(6, 1, full)).toEqual([])
    table.reopen(lane('a'))
    expect(table.choose(6, 1, room(0, 1))).toHaveLength(1)
  })

  it('come back where only the whole had no room for them', () => {
    const table = createLaneTable()
    table.wake(lane('a'), 5)
    expect(table.choose(6, 0, room(0, 1))).toEqual([])
    expect(table.nextIn(6, room(0, 1))).toBeNull()
    expect(table.choose(6, 1, room(0, 1))).toHaveLength(1)
  })

  it('wait for their own pace, and are forgotten while they may not be served', () => {
    const table = createLaneTable()
    table.wake(lane('a'), 5)
    const paced: RoomOf = () => ({ sure: 0, more: 0, waitMs: 70 })
    expect(table.choose(6, 1, paced)).toEqual([])
    expect(table.nextIn(6, paced)).toBe(70)
    expect(table.choose(6, 1, () => null)).toEqual([])
    expect(table.nextIn(6, room(0, 1))).toBeNull()
  })
})
