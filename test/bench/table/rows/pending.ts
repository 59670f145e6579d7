import { measurePending, PENDING } from '../../pending-run.ts'
import type { Measured } from '../figure.ts'

const FIRST_REACH_MS = 2_000
const MEMORY_REACH_MB = 300

/** The first delivery of a relay that starts with 100,000 due, and its memory until all have gone. */
export async function measure(): Promise<Measured> {
  const { firstMs, mostBytes } = await measurePending()
  const pending = `with ${PENDING.toLocaleString('en')} due`
  const megabytes = mostBytes / 1_048_576
  return {
    figures: [
      {
        name: `First delivery after a start ${pending}`,
        against: '',
        value: firstMs,
        result: `${firstMs.toFixed(0)} ms`,
        reach: FIRST_REACH_MS,
        bound: 'most',
        unit: 'ms',
      },
      {
        name: `Memory ${pending}, at most`,
        against: '',
        value: megabytes,
        result: `${megabytes.toFixed(0)} MB`,
        reach: MEMORY_REACH_MB,
        bound: 'most',
        unit: 'MB',
      },
    ],
  }
}
