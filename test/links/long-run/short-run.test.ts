import { beforeAll, expect, it } from 'vitest'
import { buildIfStale } from '#main/cli/build.ts'
import { runLinks } from './run.ts'

beforeAll(buildIfStale, 120_000)

it(
  'REL-2 brings 300 events once and in order through a kill, a cut and a restart of the relay: the short form of test:links',
  { timeout: 60_000 },
  async () => {
    const found = await runLinks({ events: 300, kills: 1, cuts: 1, blackHoles: 0, restarts: 1 })
    expect(found).toMatchObject({
      captured: 300,
      relayed: 300,
      lost: [],
      misordered: [],
      unexplained: [],
      changed: [],
      integrity: 'ok',
      exitCode: 0,
    })
  },
)
