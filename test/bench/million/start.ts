// How long a relay takes from its process on until it serves, with nothing stored and with a million events.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRelay } from '#test/support/relay-process.ts'
import { percentile, report } from '../report.ts'
import { filledData } from './fill.ts'

const MANY = Number(process.env['HOOKLOOP_BENCH_EVENTS'] ?? 1_000_000)
const SAMPLES = 15
const LIMIT_MS = 700
const LIMIT_RATIO = 1.2

const filled = await filledData(MANY)
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

const [empty, cold, many] = [took.empty, took.cold, took.filled].map((values) => percentile(values, 0.5)) as [
  number,
  number,
  number,
]
const ms = (value: number) => `${value.toFixed(0)} ms`
report(`A relay’s start, from its process to its first answer: the middle one of ${SAMPLES}`, [
  { name: 'with nothing stored', result: ms(empty), limit: ms(LIMIT_MS), kept: empty <= LIMIT_MS },
  { name: 'the same, nothing compiled before', result: ms(cold), limit: ms(LIMIT_MS), kept: cold <= LIMIT_MS },
  {
    name: `with ${MANY.toLocaleString('en')} events`,
    result: `${ms(many)}, ${(many / empty).toFixed(2)} ×`,
    limit: `${LIMIT_RATIO} ×`,
    kept: many <= empty * LIMIT_RATIO,
  },
])

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
