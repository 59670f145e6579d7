import { existsSync, mkdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { buildIfStale } from '#main/cli/build.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { runBin, scratchFolder, serve } from './bin.ts'

beforeAll(buildIfStale, 120_000)

async function filled(home: string): Promise<{ data: string; database: string }> {
  const data = join(home, 'data')
  const database = join(data, 'hookloop.db')
  const store = openSqliteStore({ path: database, log: silentLog })
  const { addEvent } = await createWorld(store)
  for (let index = 0; index < 3; index++) await addEvent({ body: Buffer.from(`event ${index}`) })
  await store.close()
  return { data, database }
}

it('EN12 the command line salvages a database into a new file and says how much could be read', async () => {
  const home = scratchFolder()
  const { data } = await filled(home)
  const { code, stdout, stderr } = await runBin(['salvage', '--data', data, '--json'], home)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const salvaged = JSON.parse(stdout) as { path: string; readable: number; of: number }
  expect(salvaged).toMatchObject({ readable: 3, of: 3 })
  expect(existsSync(salvaged.path)).toBe(true)
})

it('EN12 the command line says what is damaged where nothing can be salvaged, and makes nothing', async () => {
  const home = scratchFolder()
  const { data, database } = await filled(home)
  truncateSync(database, 0)
  const { code, stdout, stderr } = await runBin(['salvage', '--data', data], home)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain(database)
  expect(stderr).not.toMatch(/^\s+at /m)
})

it('salvages nothing of a database on which a relay runs', async () => {
  const home = scratchFolder()
  const data = join(home, 'data')
  mkdirSync(data)
  await serve(home, ['--data', data])
  const { code, stderr } = await runBin(['salvage', '--data', data], home)
  expect(code).toBe(1)
  expect(stderr).toMatch(/in use by Hookloop \S+ \(process \d+, http/)
})
