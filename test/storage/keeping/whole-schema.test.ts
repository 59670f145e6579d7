import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { MIGRATIONS } from '#main/adapters/sqlite/migrations/index.ts'
import { WHOLE_SCHEMA } from '#main/adapters/sqlite/migrations/whole-schema.ts'
import { migrate, SCHEMA_VERSION } from '#main/adapters/sqlite/opening/migrate.ts'
import { dumpOf, stepByStep } from './whole-schema.ts'

it('DA07 SEC-6 an empty database is made by one script to the very schema and rows that the migrations make one by one', () => {
  const whole = new Database(':memory:')
  for (const sql of WHOLE_SCHEMA.statements) whole.exec(sql)
  expect(dumpOf(whole)).toEqual(dumpOf(stepByStep(WHOLE_SCHEMA.version)))

  const made = new Database(':memory:')
  expect(migrate(made)).toEqual(MIGRATIONS)
  const { rows, objects } = dumpOf(made)
  const stepped = dumpOf(stepByStep(SCHEMA_VERSION))
  expect(objects).toEqual(stepped.objects)
  const notes = rows['schema_migrations'] as unknown[][]
  expect(notes.map(([version, name]) => [version, name])).toEqual(MIGRATIONS.map(({ name }, at) => [at + 1, name]))
  expect({ ...rows, schema_migrations: [] }).toEqual(stepped.rows)
  expect(made.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION)
})
