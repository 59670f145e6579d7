import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AppError } from '#shared/model/app-error.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { readConfiguration } from '#main/api/input/read-configuration.ts'
import { createTestEngine } from '#test/support/engine.ts'
import { silentLog } from '#test/support/silent-log.ts'

const ACTOR = { name: 'tests' }

const fileOf = (owner: string) => {
  const endpoints = { A: { url: 'http://127.0.0.1:9/a', owner }, B: { url: 'http://127.0.0.1:9/b', owner } }
  const { configuration, problems: unread } = readConfiguration({ endpoints })
  return { configuration, unread, values: {}, prune: false }
}

it('REL-5 changes all or nothing while somebody changes the same, and keeps what it tells', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'hookloop-meanwhile-'))
  const store = openSqliteStore({ path: join(directory, 'hookloop.db'), log: silentLog })
  const { engine, stop } = await createTestEngine({ store })
  const { id } = engine.projects.resolve('default')
  await engine.configuration.apply(id, fileOf('first'), ACTOR)
  const named = (name: string) => engine.endpoints.list(id).find(({ version }) => version.config.name === name)!
  for (let round = 0; round < 12; round++) {
    const owner = `round ${round}`
    const applying = engine.configuration.apply(id, fileOf(owner), ACTOR).then(
      () => 'applied',
      (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error as Error)),
    )
    // Further into the plan with each round.
    for (let turns = 0; turns < round * 20; turns++) await Promise.resolve()
    await engine.endpoints.update(named('B'), { escalation: owner }, ACTOR).catch(() => 'came too late')
    const outcome = await applying
    expect(['applied', 'plan_outdated']).toContain(outcome)
    const isApplied = outcome === 'applied'
    expect(named('A').version.config.owner === owner).toBe(isApplied)
    expect(named('B').version.config.owner === owner && !isApplied).toBe(false)
    expect(await store.endpoints.list()).toMatchObject(engine.endpoints.list(id).map(({ version }) => ({ version })))
  }
  await stop()
  rmSync(directory, { recursive: true })
})
