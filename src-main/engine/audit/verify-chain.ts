import type { AuditHead, AuditRow, AuditStore } from './audit-store.ts'
import { EMPTY_HEAD, hashOf } from './chain.ts'

/** What of the log was found, from its first entry to the first that is not as it was. */
export interface Verification {
  /** Whole as far as it can tell by itself: that nothing was cut off its end, only an expected head proves. */
  intact: boolean
  /** Entries that are as they were written. */
  checked: number
  /** The last of them; null where there is none. */
  head: AuditHead | null
  /** The first row that is wrong, and how; null where none is. */
  broken: { number: number; problem: string } | null
  /** Entries that say an earlier time than the one before: the clock was set back, which breaks nothing. */
  clockSetBack: { count: number; first: number | null }
}

export interface VerifyOptions {
  /** A head that was noted before: the entry of that number must be there with that hash. */
  expected: AuditHead | null
  /** Lets other work have a turn between two slices. */
  breathe: () => Promise<void>
}

/** Checking so many takes a few ms. */
const SLICE = 500

/** Reads the whole log, slice by slice; entries that are added meanwhile are checked as well. */
export async function verifyChain(
  store: Pick<AuditStore, 'after' | 'counted'>,
  { expected, breathe }: VerifyOptions,
): Promise<Verification> {
  let head: AuditHead = EMPTY_HEAD
  let lastAt = -Infinity
  const clockSetBack: Verification['clockSetBack'] = { count: 0, first: null }
  const verdict = (broken: Verification['broken']): Verification => ({
    intact: broken === null,
    checked: head.number,
    head: head.number === 0 ? null : head,
    broken,
    clockSetBack,
  })

  // What is given a number meanwhile may not be there yet.
  const counted = await store.counted()
  for (;;) {
    const rows = await store.after(head.number, SLICE)
    for (const row of rows) {
      const problem = problemOf(row, head) ?? unexpected(row, expected)
      if (problem !== null) return verdict({ number: Math.min(row.number, head.number + 1), problem })
      if (row.at < lastAt) {
        clockSetBack.count++
        clockSetBack.first ??= row.number
      }
      lastAt = row.at
      head = { number: row.number, hash: row.hash }
    }
    if (rows.length < SLICE) break
    await breathe()
  }
  const last = Math.max(expected?.number ?? 0, counted ?? 0)
  if (last <= head.number) return verdict(null)
  return verdict({ number: head.number + 1, problem: `The log ends before it, and once held ${last} entries.` })
}

function problemOf(row: AuditRow, head: AuditHead): string | null {
  if (row.number !== head.number + 1) return `It is missing: entry ${row.number} comes next.`
  if (row.hash !== hashOf(row)) return 'It is not as it was written.'
  if (row.previousHash !== head.hash) return 'It does not follow the entry before it: one of the two was replaced.'
  return null
}

function unexpected({ number, hash }: AuditRow, expected: AuditHead | null): string | null {
  if (expected?.number !== number || expected.hash === hash) return null
  return 'It is not the entry whose hash was noted: the log was written anew up to here.'
}
