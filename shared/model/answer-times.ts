import { z } from 'zod'

/**
 * How many answers took how long, by class: each class is a fifth longer than the one before, so that the figures of
 * many minutes can be added up and still tell percentiles to within a tenth.
 */
export const AnswerTimes = z.record(z.string().regex(/^\d+$/), z.number().int().positive())
export type AnswerTimes = Readonly<z.infer<typeof AnswerTimes>>

/** So many classes double the time. */
const PER_DOUBLING = 4
/** What took longer than about four minutes is in the last one. */
const LAST = PER_DOUBLING * 18

/** The class of a time in ms; 0 is all below one. */
export function answerTimeClass(ms: number): number {
  if (ms < 1) return 0
  return Math.min(LAST, 1 + Math.floor(Math.log2(ms) * PER_DOUBLING))
}

export function addAnswerTimes(sets: readonly AnswerTimes[]): AnswerTimes {
  const sum: Record<string, number> = {}
  for (const times of sets) for (const [name, count] of Object.entries(times)) sum[name] = (sum[name] ?? 0) + count
  return sum
}

export function countAnswerTimes(times: AnswerTimes): number {
  return Object.values(times).reduce((sum, count) => sum + count, 0)
}

/** The time in ms that this share of the answers did not exceed; null of none. */
export function answerTimeAt(times: AnswerTimes, share: number): number | null {
  const wanted = countAnswerTimes(times) * share
  let before = 0
  // Keys that are whole numbers come in their order.
  for (const [name, count] of Object.entries(times)) {
    if (before + count >= wanted) return within(Number(name), (wanted - before) / count)
    before += count
  }
  return null
}

/** A place within a class: its answers are taken to be spread evenly. */
function within(name: number, share: number): number {
  const ms = name === 0 ? share : 2 ** ((name - 1 + share) / PER_DOUBLING)
  return ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)
}
