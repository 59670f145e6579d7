import { diffArrays } from 'diff'

export interface NumberedLine {
  /** From 1. */
  number: number
  text: string
}

/** Two lines beside each other; null where one side has none. */
export interface DiffRow {
  kind: 'same' | 'changed' | 'added' | 'removed'
  left: NumberedLine | null
  right: NumberedLine | null
}

export interface LineDiff {
  rows: readonly DiffRow[]
  /** How many runs of rows differ. */
  changes: number
  /** False where the texts differ too much to be matched line by line in the time there is. */
  isMatched: boolean
}

/** Past this, what lies between the parts that both texts begin and end with counts as replaced. */
const LONGEST_MS = 1_500

/** Puts the lines of two texts beside each other, so that as many as possible are the same. */
export function diffLines(
  left: readonly string[],
  right: readonly string[],
  { timeout = LONGEST_MS }: { timeout?: number } = {},
): LineDiff {
  const start = sharedStart(left, right)
  const end = sharedEnd(left, right, start)
  const inner = [left.slice(start, left.length - end), right.slice(start, right.length - end)] as const
  const found = diffArrays([...inner[0]], [...inner[1]], { timeout })
  const rows = new RowWriter()
  for (const text of left.slice(0, start)) rows.same(text, text)
  for (const part of found ?? replaced(inner)) {
    if (part.removed) rows.remove(part.value)
    else if (part.added) rows.add(part.value)
    else for (const text of part.value) rows.same(text, text)
  }
  for (const text of left.slice(left.length - end)) rows.same(text, text)
  return { ...rows.end(), isMatched: found !== undefined }
}

type Part = { value: string[]; removed: boolean; added: boolean }

function replaced([left, right]: readonly [readonly string[], readonly string[]]): Part[] {
  return [
    { value: [...left], removed: true, added: false },
    { value: [...right], removed: false, added: true },
  ]
}

function sharedStart(left: readonly string[], right: readonly string[]): number {
  let count = 0
  while (count < left.length && count < right.length && left[count] === right[count]) count++
  return count
}

function sharedEnd(left: readonly string[], right: readonly string[], start: number): number {
  const most = Math.min(left.length, right.length) - start
  let count = 0
  while (count < most && left[left.length - 1 - count] === right[right.length - 1 - count]) count++
  return count
}

/** Numbers the lines, and puts those that were removed beside those that came in their place. */
class RowWriter {
  readonly #rows: DiffRow[] = []
  #left = 0
  #right = 0
  #changes = 0
  #removed: NumberedLine[] = []
  #added: NumberedLine[] = []

  same(left: string, right: string): void {
    this.#flush()
    this.#rows.push({ kind: 'same', left: this.#onLeft(left), right: this.#onRight(right) })
  }

  remove(texts: readonly string[]): void {
    for (const text of texts) this.#removed.push(this.#onLeft(text))
  }

  add(texts: readonly string[]): void {
    for (const text of texts) this.#added.push(this.#onRight(text))
  }

  end(): Pick<LineDiff, 'rows' | 'changes'> {
    this.#flush()
    return { rows: this.#rows, changes: this.#changes }
  }

  #flush(): void {
    const [removed, added] = [this.#removed, this.#added]
    const count = Math.max(removed.length, added.length)
    if (count === 0) return
    this.#changes += 1
    for (let at = 0; at < count; at++) {
      const [left = null, right = null] = [removed[at], added[at]]
      this.#rows.push({ kind: right === null ? 'removed' : left === null ? 'added' : 'changed', left, right })
    }
    this.#removed = []
    this.#added = []
  }

  #onLeft(text: string): NumberedLine {
    return { number: ++this.#left, text }
  }

  #onRight(text: string): NumberedLine {
    return { number: ++this.#right, text }
  }
}
