/** A message with the number that its sender gave it. `at` is unix ms. */
export interface Numbered {
  at: number
  number: number
}

/** Numbers that never came, first to last, between two arrivals. */
export interface NumberGap {
  since: number
  until: number
  first: number
  last: number
}

/** Whether the numbers run without holes as a rule: only then a hole tells anything. */
export type Numbering = 'too_few' | 'sparse' | 'dense'

/** Fewer numbers show no rule. */
const MIN_NUMBERS = 5
/** So many of the steps, at least, must lead to the very next number. */
const DENSE_SHARE = 0.5

/**
 * Finds the numbers that are missing, whatever the order in which the others came; repeats count once, and what is sent
 * later fills its hole. `numbered` is in order of arrival. A sender whose numbers skip as a rule, because others get the
 * ones in between, is told from one that lost some by its share of steps of one.
 */
export function findNumberGaps(numbered: readonly Numbered[]): { numbering: Numbering; gaps: NumberGap[] } {
  const found = splitAtRestarts(numbered).map(gapsOfRun)
  const numbering = (['dense', 'sparse'] as const).find((kind) => found.some((run) => run.numbering === kind))
  return { numbering: numbering ?? 'too_few', gaps: found.flatMap(({ gaps }) => gaps) }
}

/** The numbering starts over where every later number is below every earlier one. */
function splitAtRestarts(numbered: readonly Numbered[]): Numbered[][] {
  const highestFrom = numbered.map(({ number }) => number)
  for (let at = highestFrom.length - 2; at >= 0; at--) {
    highestFrom[at] = Math.max(highestFrom[at]!, highestFrom[at + 1]!)
  }
  const runs: Numbered[][] = []
  let lowest = -Infinity
  for (const [at, each] of numbered.entries()) {
    if (highestFrom[at]! < lowest || runs.length === 0) {
      runs.push([])
      lowest = Infinity
    }
    lowest = Math.min(lowest, each.number)
    runs.at(-1)!.push(each)
  }
  return runs
}

function gapsOfRun(run: readonly Numbered[]): { numbering: Numbering; gaps: NumberGap[] } {
  const numbers = [...new Set(run.map(({ number }) => number))].toSorted((a, b) => a - b)
  if (numbers.length < MIN_NUMBERS) return { numbering: 'too_few', gaps: [] }
  const steps = numbers.slice(1).map((number, at) => number - numbers[at]!)
  const ofOne = steps.filter((step) => step === 1).length
  if (ofOne < steps.length * DENSE_SHARE) return { numbering: 'sparse', gaps: [] }
  const firstAt = new Map<number, number>()
  for (const [index, { number }] of run.entries()) if (!firstAt.has(number)) firstAt.set(number, index)
  const gaps = numbers.slice(1).flatMap((number, at) => {
    const before = numbers[at]!
    if (number === before + 1) return []
    return [{ ...stretchBefore(run, firstAt.get(number)!), first: before + 1, last: number - 1 }]
  })
  return { numbering: 'dense', gaps }
}

/** From the last lower number that had come by then to the arrival at `index`. */
function stretchBefore(run: readonly Numbered[], index: number): { since: number; until: number } {
  const { at: until, number } = run[index]!
  const before = run.slice(0, index).findLast((each) => each.number < number)
  return { since: before?.at ?? until, until }
}
