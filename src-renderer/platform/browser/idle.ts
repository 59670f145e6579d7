/** So long what waits for a quiet moment waits at most. */
const LONGEST_MS = 500

/** Runs `act` once the page has nothing better to do, half a second from now at the latest. Returns what calls that off. */
export function whenIdle(act: () => void): () => void {
  // Not every browser tells of it.
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(act, LONGEST_MS)
    return () => clearTimeout(timer)
  }
  const idle = requestIdleCallback(act, { timeout: LONGEST_MS })
  return () => cancelIdleCallback(idle)
}
