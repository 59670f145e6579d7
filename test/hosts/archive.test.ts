import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { buildIfStale } from '#main/cli/build.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { runBin, scratchFolder } from './bin.ts'

beforeAll(buildIfStale, 120_000)

it('DA10 the command line exports a project and imports it elsewhere, and says what is wrong with a file', async () => {
  const home = scratchFolder()
  const [from, to, file] = [join(home, 'from'), join(home, 'to'), join(home, 'shop.jsonl')]
  const store = openSqliteStore({ path: join(from, 'hookloop.db'), log: silentLog })
  const { addEvent, project } = await createWorld(store)
  await addEvent({ body: Buffer.from('kept') })
  await store.close()
  const exported = await runBin(['export', file, '--project', project.slug, '--data', from, '--json'], home)
  expect({ code: exported.code, stderr: exported.stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(exported.stdout)).toMatchObject({ project: project.slug, counts: { events: 1 } })
  const imported = await runBin(['import', file, '--data', to], home)
  expect(imported).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('1 events imported') })

  writeFileSync(file, 'not an archive\n')
  const refused = await runBin(['import', file, '--data', join(home, 'third')], home)
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain('Line 1 is no JSON.')
  expect(refused.stderr).not.toMatch(/^\s+at /m)
})
