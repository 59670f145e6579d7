import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRelay } from '#test/support/relay-process.ts'
import { withCopyOf } from '../kept-data.ts'
import { percentile } from '../report.ts'
import { eventsData } from './fill.ts'
import { MANY } from './sizes.ts'

export const SAMPLES = 15

/** The middle one of several starts, in ms: with nothing stored, the same with nothing compiled before, with many events. */
export function measureStarts(): Promise<{ empty: number; cold: number; many: number }> {
  return withCopyOf(eventsData(MANY), inTurns)
}

async function inTurns(filled: string): Promise<{ empty: number; cold: number; many: number }> {
  // Whatever is built, upgraded or compiled for the first time is so by now.
  await startOn(filled)
  await startOnNothing()

  const took = { empty: [] as number[], cold: [] as number[], filled: [] as number[] }
  for (let sample = 0; sample < SAMPLES; sample++) {
    took.empty.push(await startOnNothing())
    took.filled.push(await startOn(filled))
    process.env['NODE_DISABLE_COMPILE_CACHE'] = '1'
    took.cold.push(await startOnNothing())
    delete process.env['NODE_DISABLE_COMPILE_CACHE']
  }
  return {
    empty: percentile(took.empty, 0.5),
    cold: percentile(took.cold, 0.5),
    many: percentile(took.filled, 0.5),
  }
}

/** Resolves to how long it took, in ms. */
async function startOn(data: string): Promise<number> {
  const startedAt = performance.now()
  const relay = await startRelay(data)
  const tookMs = performance.now() - startedAt
  await relay.stop()
  return tookMs
}

async function startOnNothing(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'hookloop-start-'))
  try {
    return await startOn(join(folder, 'data'))
  } finally {
    await rm(folder, { recursive: true })
  }
}
