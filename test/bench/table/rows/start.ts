import { MANY } from '../../million/sizes.ts'
import { measureStarts } from '../../million/start-times.ts'
import type { Measured } from '../figure.ts'

const EMPTY_REACH_MS = 700
const FILLED_REACH = 1.2

/** A relay's start, from its process to its first answer. */
export async function measure(): Promise<Measured> {
  const { empty, many } = await measureStarts()
  return {
    figures: [
      {
        name: 'Start of a relay, nothing stored',
        against: '',
        value: empty,
        result: `${empty.toFixed(0)} ms`,
        reach: EMPTY_REACH_MS,
        bound: 'most',
        unit: 'ms',
      },
      {
        name: `Start with ${MANY.toLocaleString('en')} events`,
        against: 'with nothing stored',
        value: many / empty,
        result: `${(many / empty).toFixed(2)}× (${many.toFixed(0)} ms)`,
        reach: FILLED_REACH,
        bound: 'most',
        unit: 'times',
      },
    ],
    costs: [
      { name: 'start of a relay', size: 0, ms: empty },
      { name: 'start of a relay', size: MANY, ms: many },
    ],
  }
}
