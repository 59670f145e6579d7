/** One stretch of time in which the program ran, in unix ms. */
export interface Run {
  startedAt: number
  /** When it was last known to run. */
  aliveAt: number
}

export interface RunStore {
  /** A run begins; the ones before it have ended when they were last alive. */
  begin(at: number): Promise<void>
  /** The latest run still runs. */
  alive(at: number): Promise<void>
  /** Runs that overlap the stretch, and the last one before it; oldest first. */
  list(stretch: { since: number; until: number }): Promise<readonly Run[]>
}
