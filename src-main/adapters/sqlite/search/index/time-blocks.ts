/** So many keys are one block. */
export const BLOCK_KEYS = 256

/** When the events of one block of keys were received, the first and the last. */
export interface Block {
  number: number
  minAt: number
  maxAt: number
}

/**
 * Events are numbered in the order in which they were stored, and listed by when they were received, which is nearly the
 * same: an import, or a clock that was set, makes the difference. This tells how far the two may lie apart.
 */
export class TimeBlocks {
  readonly #blocks = new Map<number, Block>()
  /** For each known block in order, the latest instant in it or any before. Made anew after a change. */
  #ceilings: { numbers: number[]; maxAts: number[] } | null = null

  constructor(blocks: readonly Block[]) {
    for (const block of blocks) this.#blocks.set(block.number, block)
  }

  /** Notes an event; answers its block as it is then. */
  add(key: number, at: number): Block {
    const number = Math.floor(key / BLOCK_KEYS)
    const known = this.#blocks.get(number)
    const block = known
      ? { number, minAt: Math.min(known.minAt, at), maxAt: Math.max(known.maxAt, at) }
      : { number, minAt: at, maxAt: at }
    this.#blocks.set(number, block)
    this.#ceilings = null
    return block
  }

  /** No event with this key or a lower one was received later; -1 where there is none. */
  ceiling(key: number): number {
    const { numbers, maxAts } = this.#sorted()
    const index = lastUpTo(numbers, Math.floor(key / BLOCK_KEYS))
    return index < 0 ? -1 : maxAts[index]!
  }

  /** No event that was received up to `at` has a key as high; 0 where there is none. */
  keyAfter(at: number): number {
    const { numbers } = this.#sorted()
    const number = numbers.findLast((each) => this.#blocks.get(each)!.minAt <= at)
    return number === undefined ? 0 : (number + 1) * BLOCK_KEYS
  }

  /** Every event that was received from `at` on has at least this key. */
  keyFrom(at: number): number {
    const { numbers } = this.#sorted()
    const number = numbers.find((each) => this.#blocks.get(each)!.maxAt >= at)
    return number === undefined ? Number.MAX_SAFE_INTEGER : number * BLOCK_KEYS
  }

  #sorted(): { numbers: number[]; maxAts: number[] } {
    if (this.#ceilings) return this.#ceilings
    const numbers = [...this.#blocks.keys()].toSorted((a, b) => a - b)
    let highest = -1
    const maxAts = numbers.map((number) => (highest = Math.max(highest, this.#blocks.get(number)!.maxAt)))
    return (this.#ceilings = { numbers, maxAts })
  }
}

function lastUpTo(numbers: readonly number[], wanted: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle]! <= wanted) low = middle + 1
    else high = middle
  }
  return low - 1
}
