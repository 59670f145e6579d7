import type { Endpoint } from '#shared/model/endpoint.ts'
import type { Log } from '../ports.ts'
import type { AuditApi } from './audit.ts'
import { SYSTEM_ACTOR } from './draft.ts'

/** Puts on record where Hookloop itself paused an endpoint or let it deliver again; a failed probe moves nothing. */
export function createMoveRecorder({ audit, log }: { audit: Pick<AuditApi, 'record'>; log: Log }) {
  return (before: Endpoint, after: Endpoint): void => {
    if (before.state === after.state && before.pausedReason === after.pausedReason) return
    const { id, projectId, version } = after
    const action = after.state === 'paused' ? 'endpoint.pause' : 'endpoint.resume'
    audit
      .record({
        actor: SYSTEM_ACTOR,
        action,
        projectId,
        target: { id, name: version.config.name },
        detail: { changes: [{ field: 'pausedReason', before: before.pausedReason, after: after.pausedReason }] },
        outcome: 'done',
      })
      .catch((error: unknown) => {
        log.error('What Hookloop did to an endpoint could not be put on record', { action, id, error: String(error) })
      })
  }
}
