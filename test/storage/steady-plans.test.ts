import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { keepPlansSteady, steady } from '#main/adapters/sqlite/steady-plans.ts'

describe('Statements whose plans stay', () => {
  it('ENG-10 have a unary plus before each parameter, wherever it stands', () => {
    expect(steady('SELECT a FROM t WHERE a = @a AND b <= ? OR c IN (@c, ?2) LIMIT @limit')).toBe(
      'SELECT a FROM t WHERE a = +@a AND b <= +? OR c IN (+@c, +?2) LIMIT +@limit',
    )
  })

  it('ENG-10 leave texts, names and comments as they are', () => {
    const sql = `SELECT 'is it @home? it''s @noon', "a?b" -- why @this?\n FROM t /* or ? */ WHERE a = @a`
    expect(steady(sql)).toBe(sql.replace('= @a', '= +@a'))
  })

  it('ENG-10 keep every kind of value as it was bound, and find it by its index', () => {
    const bare = new Database(':memory:')
    const kept = keepPlansSteady(new Database(':memory:'))
    const values = [null, 7, -0.5, 2n ** 60n, 'ten', '10', Buffer.from([0, 255]), Buffer.alloc(0)]
    expect(readBack(kept, values)).toEqual(readBack(bare, values))
    const plan = kept.prepare<[string], { detail: string }>('EXPLAIN QUERY PLAN SELECT value FROM t WHERE id = ?')
    expect(plan.all('n1').map(({ detail }) => detail)).toEqual(['SEARCH t USING INDEX sqlite_autoindex_t_1 (id=?)'])
    for (const db of [bare, kept]) db.close()
  })
})

/** What a database holds of the values, with the type that it gave each. */
function readBack(db: Database.Database, values: readonly unknown[]): unknown[] {
  db.exec('CREATE TABLE t (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, value ANY) STRICT')
  const add = db.prepare('INSERT INTO t (id, value) VALUES (@id, @value)')
  values.forEach((value, index) => add.run({ id: `n${index}`, value }))
  const get = db.prepare<[string]>('SELECT value, typeof(value) FROM t WHERE id = ?').raw().safeIntegers()
  return values.map((_value, index) => get.get(`n${index}`))
}
