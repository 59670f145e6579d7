import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the heap's young part at its size of now. Grown, each of its collections stands still for tens of milliseconds,
 * since each attempt in flight outlives them; small ones take about one. Loading alone makes it grow, and it never shrinks
 * while there is work: a host that can calls this before it loads the rest. The main thread collects by itself, because
 * waiting for threads that find the processors busy takes longer than so small a part is worth.
 */
export function keepCollectionsShort(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--no-parallel-scavenge')
}
