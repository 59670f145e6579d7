import type { Database, Statement } from 'better-sqlite3'
import type { DeliveryState } from '#shared/model/delivery.ts'

/**
 * How many deliveries of a project are in each state, as attempts begin and end: added up in memory and kept once for all
 * that share a commit. Every other change of a state is counted by the schema's own triggers.
 */
export interface MoveCounts {
  /** A delivery was moved to `delivering`, or from there. Call it inside a write. */
  moved(projectKey: number, from: DeliveryState, to: DeliveryState): void
  /** Keeps what was added up: before a commit, and before the counts are read inside a write. */
  keep(): void
  /** What was added up was rolled back. */
  forget(): void
}

const ADD = `
  INSERT INTO project_counts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count`

export function createMoveCounts(db: Database): MoveCounts {
  const changes = new Map<number, Map<DeliveryState, number>>()
  let add: Statement<[number, string, number]> | null = null

  return {
    moved(projectKey, from, to) {
      const counts = changes.get(projectKey) ?? new Map<DeliveryState, number>()
      counts.set(from, (counts.get(from) ?? 0) - 1)
      counts.set(to, (counts.get(to) ?? 0) + 1)
      changes.set(projectKey, counts)
    },
    keep() {
      if (changes.size === 0) return
      add ??= db.prepare<[number, string, number]>(ADD)
      for (const [projectKey, counts] of changes) {
        for (const [state, count] of counts) if (count !== 0) add.run(projectKey, state, count)
      }
      changes.clear()
    },
    forget: () => changes.clear(),
  }
}
