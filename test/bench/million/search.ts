// How long the API takes for a page of a filter: among ten thousand events, and among a million.
import { report, type Measure } from '../report.ts'
import { measurePages, SAMPLES } from './pages.ts'
import { FEW, MANY } from './sizes.ts'

const LIMIT_MS = 150

const few = await measurePages(FEW)
const many = await measurePages(MANY)
const ms = (value: number) => `${value.toFixed(1)} ms`
report(
  `A page of 100 events by the API: p95 of ${SAMPLES}, among ${FEW.toLocaleString('en')} and ${MANY.toLocaleString('en')}`,
  [...many.keys()].map((name): Measure => {
    const [before, after] = [few.get(name)!.p95, many.get(name)!.p95]
    return { name, result: `${ms(before)} → ${ms(after)}`, limit: ms(LIMIT_MS), kept: after <= LIMIT_MS }
  }),
)
