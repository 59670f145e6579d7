import { describe, expect, it } from 'vitest'
import { AttemptId } from '#shared/model/ids.ts'
import Database from 'better-sqlite3'
import { idSql } from '../stored/multiply.ts'
import type { Figure } from './figure.ts'
import { exitCodeOf, linesOf, type RowResult } from './lines.ts'
import { plotOf } from './plot.ts'
import { spreadLabels } from './spread-labels.ts'

const FIGURE: Figure = { name: 'Pages', against: '', value: 40, result: '40 ms', reach: 50, bound: 'most', unit: 'ms' }

function row(name: string, outcome: RowResult['outcome']): RowResult {
  return { row: name, seconds: 1, outcome }
}

describe('the table of the bench', () => {
  it('shows the rows that were measured beside one that failed, and ends with 3', () => {
    const lines = [row('pages', { figures: [FIGURE] }), row('start', 'it ended with 1')].flatMap(linesOf)
    expect(lines.map(({ row: name, verdict, result }) => [name, verdict, result])).toEqual([
      ['pages', 'reached', '40 ms'],
      ['start', 'FAILED', 'it ended with 1'],
    ])
    expect(exitCodeOf(lines)).toBe(3)
  })

  it('ends with 1 where something is missed, and with 0 where all is reached', () => {
    const reached = linesOf(row('pages', { figures: [FIGURE] }))
    const missed = linesOf(row('pages', { figures: [{ ...FIGURE, value: 51 }] }))
    expect([exitCodeOf(reached), exitCodeOf([...reached, ...missed])]).toEqual([0, 1])
  })

  it('never takes what could not be measured for reached', () => {
    const lacking = { name: 'Deliveries', against: 'BullMQ', because: 'redis-server is not installed' }
    const lines = linesOf(row('bullmq', { figures: [], unmeasured: [lacking] }))
    expect(lines).toMatchObject([{ verdict: 'NOT MEASURED', result: 'redis-server is not installed' }])
    expect(exitCodeOf(lines)).toBe(3)
  })
})

describe('the plot of the bench', () => {
  it('keeps the names of lines apart, in their order and within its height', () => {
    const room = { height: 15, from: 40, to: 480 }
    const places = spreadLabels([100, 101, 99, 480, 479, 40], room)
    const sorted = places.toSorted((a, b) => a - b)
    expect(sorted.every((place, index) => index === 0 || place - sorted[index - 1]! >= 15)).toBe(true)
    expect(places[2]! < places[0]! && places[0]! < places[1]! && places[4]! < places[3]!).toBe(true)
    expect([Math.min(...places) >= 40, Math.max(...places) <= 480]).toEqual([true, true])
  })

  it('draws what costs nothing to store, and names with signs of markup', () => {
    const svg = plotOf([
      { name: '$.amount<…', size: 0, ms: 0 },
      { name: '$.amount<…', size: 1_000_000, ms: 12 },
    ])
    expect(svg).toContain('$.amount&lt;… · 12 ms')
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  })
})

describe('copies of stored attempts', () => {
  it('have ids as the product makes them, in the order of their numbers', () => {
    const db = new Database(':memory:')
    const ids = [7, 8, 5_000_000].map((number) =>
      db
        .prepare(`SELECT ${idSql('att', String(number))}`)
        .pluck()
        .get(),
    )
    db.close()
    expect(ids.map((id) => AttemptId.safeParse(id).success)).toEqual([true, true, true])
    expect(ids.toSorted()).toEqual(ids)
  })
})
