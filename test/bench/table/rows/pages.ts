import { measurePages } from '../../million/pages.ts'
import { FEW, MANY } from '../../million/sizes.ts'
import type { Cost, Figure, Measured } from '../figure.ts'

const SLOWEST_REACH_MS = 50
const GROWTH_REACH = 3
/** Below that, a ratio tells of the timer and the network stack, not of the store. */
const NOTHING_MS = 5

/** A page of each filter among many events; and one as long as its page among few, beside that. */
export async function measure(): Promise<Measured> {
  const few = await measurePages(FEW)
  const many = await measurePages(MANY)
  const asLong = await measurePages(MANY, (name) => Math.max(1, few.get(name)!.rows))
  const names = [...many.keys()]
  const growths = names.map((name) => ({
    name,
    growth: asLong.get(name)!.p95 / Math.max(NOTHING_MS, few.get(name)!.p95),
  }))
  const slowest = names.toSorted((a, b) => many.get(b)!.p95 - many.get(a)!.p95)[0]!
  const grown = growths.toSorted((a, b) => b.growth - a.growth)[0]!
  const figures: Figure[] = [
    {
      name: `Page of the slowest filter among ${MANY.toLocaleString('en')}, p95`,
      against: '',
      value: many.get(slowest)!.p95,
      result: `${many.get(slowest)!.p95.toFixed(0)} ms (${slowest})`,
      reach: SLOWEST_REACH_MS,
      bound: 'most',
      unit: 'ms',
    },
    {
      name: 'Page of the filter that grows most',
      against: `a page as long among ${FEW.toLocaleString('en')}`,
      value: grown.growth,
      result: `${grown.growth.toFixed(1)}× (${grown.name})`,
      reach: GROWTH_REACH,
      bound: 'most',
      unit: 'times',
    },
  ]
  const costs = names.flatMap((name): Cost[] => [
    { name, size: FEW, ms: few.get(name)!.p95 },
    { name, size: MANY, ms: many.get(name)!.p95 },
  ])
  return { figures, costs }
}
