import type { Endpoint } from '#shared/model/endpoint.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { SweepCounts } from '#shared/model/retention.ts'
import type { Log } from '../ports.ts'
import type { AuditApi } from './audit.ts'
import { type AuditedAction, SYSTEM_ACTOR } from './draft.ts'

type OwnAction = Omit<AuditedAction, 'actor'>

/** Puts on record what Hookloop did by itself; null is for what is not worth an entry. */
export function createSystemRecorder({ audit, log }: { audit: Pick<AuditApi, 'record'>; log: Log }) {
  return (own: OwnAction | null): void => {
    if (own === null) return
    audit.record({ ...own, actor: SYSTEM_ACTOR, outcome: 'done' }).catch((error: unknown) => {
      log.error('What Hookloop did by itself could not be put on record', { action: own.action, error: String(error) })
    })
  }
}

/** A pause by the breaker or an answer, or the end of one by a probe; a probe that failed moves nothing. */
export function moveOf(before: Endpoint, after: Endpoint): OwnAction | null {
  if (before.state === after.state && before.pausedReason === after.pausedReason) return null
  const { id, projectId, version } = after
  return {
    action: after.state === 'paused' ? 'endpoint.pause' : 'endpoint.resume',
    projectId,
    target: { id, name: version.config.name },
    detail: { changes: [{ field: 'pausedReason', before: before.pausedReason, after: after.pausedReason }] },
  }
}

/** What the rule of a project took from it. */
export function sweepOf(projectId: ProjectId, counts: SweepCounts): OwnAction {
  return { action: 'retention.sweep', projectId, target: { id: projectId }, detail: { facts: { ...counts } } }
}
