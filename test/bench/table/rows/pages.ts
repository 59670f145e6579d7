import { measurePages } from '../../million/pages.ts'
import { FEW, MANY } from '../../million/sizes.ts'
import type { Cost, Figure, Measured } from '../figure.ts'

const SLOWEST_REACH_MS = 50
const GROWTH_REACH = 3
/** Below that, a ratio tells of the timer and the network stack, not of the store. */
const NOTHING_MS = 5

/** A page of each filter among many events, beside the same among few. */
export async function measure(): Promise<Measured> {
  const [few, many] = [await measurePages(FEW), await measurePages(MANY)]
  const names = [...many.keys()]
  const growths = names.map((name) => ({
    name,
    growth: many.get(name)! / Math.max(NOTHING_MS, few.get(name)!),
  }))
  const slowest = names.toSorted((a, b) => many.get(b)! - many.get(a)!)[0]!
  const grown = growths.toSorted((a, b) => b.growth - a.growth)[0]!
  const figures: Figure[] = [
    {
      name: `Page of the slowest filter among ${MANY.toLocaleString('en')}, p95`,
      against: '',
      value: many.get(slowest)!,
      result: `${many.get(slowest)!.toFixed(0)} ms (${slowest})`,
      reach: SLOWEST_REACH_MS,
      bound: 'most',
      unit: 'ms',
    },
    {
      name: 'Page of the filter that grows most',
      against: `the same among ${FEW.toLocaleString('en')}`,
      value: grown.growth,
      result: `${grown.growth.toFixed(1)}× (${grown.name})`,
      reach: GROWTH_REACH,
      bound: 'most',
      unit: 'times',
    },
  ]
  const costs = names.flatMap((name): Cost[] => [
    { name, size: FEW, ms: few.get(name)! },
    { name, size: MANY, ms: many.get(name)! },
  ])
  return { figures, costs }
}
