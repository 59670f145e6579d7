/** How much of a body counts for nothing, so that small requests never wait for large ones. */
const FREE_BYTES = 64 * 1024

/** What all bodies under way may hold in memory together. */
export interface BodyRoom {
  /** A share for one body, empty at first. */
  open(): BodyShare
}

export interface BodyShare {
  /** Whether the body may hold `sizeBytes` in all. */
  growTo(sizeBytes: number): boolean
  /** Gives back all of it; harmless when done twice. */
  release(): void
}

/** Holds `totalBytes` beside the first 64 KiB of each body. */
export function createBodyRoom(totalBytes: number): BodyRoom {
  let taken = 0
  return {
    open() {
      let own = 0
      return {
        growTo(sizeBytes) {
          const more = Math.max(0, sizeBytes - FREE_BYTES) - own
          if (taken + more > totalBytes) return false
          own += more
          taken += more
          return true
        },
        release() {
          taken -= own
          own = 0
        },
      }
    },
  }
}
