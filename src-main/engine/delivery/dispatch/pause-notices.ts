import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EndpointId } from '#shared/model/ids.ts'
import type { Clock, Log } from '../../ports/system.ts'

const NOTICE_EVERY_MS = 3_600_000

/** Tells the log that breakers open, once an hour for each endpoint: one that flaps is told of as such. */
export function createPauseNotices({ clock, log }: { clock: Clock; log: Log }): (endpoint: Endpoint) => void {
  const told = new Map<EndpointId, { at: number; unsaid: number }>()
  return ({ id, version }) => {
    const now = clock.monotonic()
    const last = told.get(id)
    if (last && now - last.at < NOTICE_EVERY_MS) {
      last.unsaid += 1
      return
    }
    const { consecutiveFailures } = version.config.policy.breaker ?? { consecutiveFailures: 0 }
    const fields = { endpointId: id, name: version.config.name, consecutiveFailures }
    if (last && last.unsaid > 0)
      log.warn('An endpoint is flapping: paused again and again', { ...fields, pauses: last.unsaid + 1 })
    else log.warn('An endpoint is paused after failures in a row', fields)
    told.set(id, { at: now, unsaid: 0 })
  }
}
