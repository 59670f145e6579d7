import { expect, it } from 'vitest'
import { findOutages } from '#main/engine/replay/find-outages.ts'

const MINUTE = 60_000
const active = { state: 'active', pausedAt: null } as const
const failed = (at: number) => ({ at, state: 'failed' }) as const
const held = (at: number) => ({ at, state: 'held' }) as const

it('RPL-6 troubles that lie close together are one outage, those after a long quiet another, the latest first', () => {
  const troubles = [failed(100 * MINUTE), failed(0), held(20 * MINUTE), failed(49 * MINUTE)]
  expect(findOutages(troubles, active)).toEqual([
    { since: 100 * MINUTE, until: 100 * MINUTE + 1, failed: 1, held: 0 },
    { since: 0, until: 49 * MINUTE + 1, failed: 2, held: 1 },
  ])
})

it('RPL-6 the pause in which an endpoint is goes on, with the trouble that led to it', () => {
  const paused = { state: 'paused', pausedAt: 60 * MINUTE } as const
  expect(findOutages([failed(45 * MINUTE), held(70 * MINUTE)], paused)).toEqual([
    { since: 45 * MINUTE, until: null, failed: 1, held: 1 },
  ])
  expect(findOutages([failed(0)], paused)).toEqual([
    { since: 60 * MINUTE, until: null, failed: 0, held: 0 },
    { since: 0, until: 1, failed: 1, held: 0 },
  ])
  expect(findOutages([], active)).toEqual([])
})
