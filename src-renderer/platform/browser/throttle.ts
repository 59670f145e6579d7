/** Runs `work` soon after a call, and at most once in `everyMs` however often it is called. */
export function createThrottle(everyMs: number, work: () => unknown): () => void {
  let isWaiting = false
  return () => {
    if (isWaiting) return
    isWaiting = true
    setTimeout(() => {
      isWaiting = false
      void work()
    }, everyMs)
  }
}
