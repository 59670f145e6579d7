// How long a relay takes from its process on until it serves, with nothing stored and with a million events.
import { report } from '../report.ts'
import { MANY } from './sizes.ts'
import { measureStarts, SAMPLES } from './start-times.ts'

const LIMIT_MS = 700
const LIMIT_RATIO = 1.2

const { empty, cold, many } = await measureStarts()
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
