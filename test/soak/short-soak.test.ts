import { expect, it } from 'vitest'
import { isClean, runSoak } from './soak.ts'

it(
  'EN07 balances its ledger after random kills and faults under load: the short form of the soak',
  { timeout: 180_000 },
  async () => {
    const found = await runSoak({ durationMs: 15_000, seed: 11, killEveryMs: { least: 300, most: 1_500 } })
    const clean = { lost: [], phantom: [], unexpected: [], unexplained: [], integrity: 'ok', pending: 0 }
    expect(found).toMatchObject(clean)
    expect(isClean(found)).toBe(true)
    // How many fit into the time depends on how fast the machine starts a relay.
    expect(found.kills).toBeGreaterThan(0)
    expect(found.duplicates.interrupted + found.duplicates['answered with a failure']).toBeGreaterThan(0)
  },
)
