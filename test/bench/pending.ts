// A relay that starts with 100,000 deliveries due: when the first one comes, in which order, in how much memory.
import { CONCURRENCY, measurePending, PENDING } from './pending-run.ts'
import { report } from './report.ts'

const FIRST_LIMIT_MS = 5_000
const MEMORY_LIMIT_BYTES = 400 * 1024 * 1024
/** What is under way at one moment may overtake one another. */
const OVERTAKING_LIMIT = 4 * CONCURRENCY

const { firstMs, drainedMs, mostBytes, overtaking } = await measurePending()
const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`
const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`
report(`${PENDING.toLocaleString('en')} deliveries due at the start, ${CONCURRENCY} at a time`, [
  { name: 'First delivery', result: seconds(firstMs), limit: seconds(FIRST_LIMIT_MS), kept: firstMs <= FIRST_LIMIT_MS },
  {
    name: 'Memory, at most',
    result: megabytes(mostBytes),
    limit: megabytes(MEMORY_LIMIT_BYTES),
    kept: mostBytes <= MEMORY_LIMIT_BYTES,
  },
  {
    name: 'Places out of due order, at most',
    result: String(overtaking),
    limit: String(OVERTAKING_LIMIT),
    kept: overtaking <= OVERTAKING_LIMIT,
  },
  { name: 'Drained', result: `${Math.round(PENDING / (drainedMs / 1_000))}/s`, limit: '', kept: true },
])
