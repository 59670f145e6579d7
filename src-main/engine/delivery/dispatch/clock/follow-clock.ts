import type { DeliveryStore } from '../../../ports/delivery-store.ts'
import type { Log } from '../../../ports/system.ts'
import type { LaneTable } from '../lanes/lane-table.ts'
import type { Patiently } from '../store-patience.ts'
import type { TimeWatch } from './time-watch.ts'

interface FollowDeps {
  time: Pick<TimeWatch, 'takeSet'>
  deliveries: Pick<DeliveryStore, 'shiftDue'>
  lanes: Pick<LaneTable, 'forgetDue'>
  log: Log
  patiently: Patiently
  /** Reads every lane's due time from the store. */
  readLanes(): Promise<void>
}

/**
 * Where the wall clock was set, moves all that waits with it, so that no wait grows or shrinks. Await it before anything is
 * claimed, or due by the new time is stored.
 */
export function createClockFollower({ time, deliveries, lanes, log, patiently, readLanes }: FollowDeps) {
  let moving: Promise<void> | null = null

  async function move(step: { byMs: number; until: number }): Promise<void> {
    log.warn('The clock of this machine was set; waits go on as they were', { byMs: step.byMs })
    try {
      await patiently(() => deliveries.shiftDue(step))
      lanes.forgetDue()
      await readLanes()
    } catch (error) {
      log.error('Waits could not be moved with the clock', { error: String(error) })
    }
  }

  return async (): Promise<void> => {
    await moving
    const set = time.takeSet()
    if (!set) return
    moving = move(set).finally(() => {
      moving = null
    })
    await moving
  }
}
