/** So many keys are one block. */
export const BLOCK_KEYS = 256

/** Keys are taken for so many runs at most: each costs a search a few looks more. */
const MOST_RUNS = 16

/** When the events of one block of keys were received, the first and the last. */
export interface Block {
  number: number
  minAt: number
  maxAt: number
}

/** A range of keys whose events were received nearly in the order of their keys. */
export interface KeyRun {
  from: number
  /** Exclusive. */
  below: number
  /** No event of the run with this key or a lower one was received later. */
  ceiling(key: number): number
}

/**
 * Events are numbered in the order in which they were stored, and listed by when they were received, which is nearly the
 * same within a run: where an archive was read, or a clock was set back, another run begins.
 */
export class TimeBlocks {
  readonly #blocks = new Map<number, Block>()
  /** Runs of blocks, each by number. Made anew after a change. */
  #runs: Block[][] | null = null

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
    this.#runs = null
    return block
  }

  /** The keys of all events that were received from `since` on, up to `until`, and of some others. */
  runs({ since, until }: { since: number; until: number }): KeyRun[] {
    this.#runs ??= runsOf([...this.#blocks.values()].toSorted((a, b) => a.number - b.number))
    return this.#runs.flatMap((blocks) => {
      const first = blocks.findIndex(({ maxAt }) => maxAt >= since)
      const last = blocks.findLastIndex(({ minAt }) => minAt <= until)
      return first < 0 || last < first ? [] : runOf(blocks.slice(first, last + 1))
    })
  }
}

/** Cut where the blocks' time goes back by most. */
function runsOf(blocks: readonly Block[]): Block[][] {
  const back = blocks.map(({ maxAt }, index) => ({ index, by: (blocks[index - 1]?.maxAt ?? maxAt) - maxAt }))
  const cuts = back
    .filter(({ by }) => by > 0)
    .toSorted((a, b) => b.by - a.by)
    .slice(0, MOST_RUNS - 1)
    .map(({ index }) => index)
  const bounds = [0, ...cuts.toSorted((a, b) => a - b), blocks.length]
  return bounds.slice(1).map((end, index) => blocks.slice(bounds[index], end))
}

function runOf(blocks: readonly Block[]): KeyRun {
  let highest = -1
  const maxAts = blocks.map(({ maxAt }) => (highest = Math.max(highest, maxAt)))
  return {
    from: blocks[0]!.number * BLOCK_KEYS,
    below: (blocks.at(-1)!.number + 1) * BLOCK_KEYS,
    ceiling: (key) => maxAts[lastUpTo(blocks, Math.floor(key / BLOCK_KEYS))] ?? -1,
  }
}

function lastUpTo(blocks: readonly Block[], wanted: number): number {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (blocks[middle]!.number <= wanted) low = middle + 1
    else high = middle
  }
  return low - 1
}
