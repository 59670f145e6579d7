import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the collections of the heap short and few. A host that can calls this before it loads the rest.
 *
 * Of the young part: it stays at its size of now, before there is work (`process/young-part.ts`). Loading alone makes it
 * grow until each of its collections stands still for tens of milliseconds, since each attempt in flight outlives them;
 * and it never shrinks while there is work. The main thread collects it by itself, because waiting for threads that find
 * the processors busy takes longer than so small a part is worth.
 *
 * Of the whole: by itself, V8 lets the heap grow by little where little is allocated, and then collects every few seconds;
 * each such time takes a processor or two for a quarter of a second, and every delivery of that time is late. Here the heap
 * may grow to two and a half times of what is alive, one thread at most marks beside the main one, and what must stand still
 * is moved by the main thread itself, for the same reason as above.
 */
export function keepCollectionsShort(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--no-parallel-scavenge')
  setFlagsFromString('--no-parallel-compaction')
  setFlagsFromString('--heap-growing-percent=150')
  setFlagsFromString('--concurrent-marking-max-worker-num=1')
}
