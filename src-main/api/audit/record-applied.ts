import type { PlannedChange } from '#shared/model/configuration/plan.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { AppliedChange } from '../../engine/engine.ts'
import type { ApiContext } from '../api-context.ts'

const NOUNS: Readonly<Record<PlannedChange['kind'], string>> = {
  provider: 'provider',
  eventType: 'event_type',
  source: 'source',
  endpoint: 'endpoint',
  workflow: 'workflow',
}
const VERBS: Readonly<Record<PlannedChange['action'], string>> = {
  create: 'create',
  change: 'update',
  remove: 'delete',
}

/**
 * Puts each thing that a file changed on record, as if it had been changed by itself, beside the call that did it. The names of
 * fields alone: the call is on record whether or not these can be.
 */
export async function recordApplied(
  { engine, actor, log }: Pick<ApiContext, 'engine' | 'actor' | 'log'>,
  projectId: ProjectId,
  changes: readonly AppliedChange[],
): Promise<void> {
  const entries = changes.map(({ kind, action, id, name, fields }) =>
    engine.audit.record({
      actor,
      action: kind === 'workflow' && action !== 'remove' ? 'workflow.put' : `${NOUNS[kind]}.${VERBS[action]}`,
      projectId,
      target: { id, name },
      detail: { changes: fields.map(({ field }) => ({ field })), facts: { by: 'configuration.apply' } },
      outcome: 'done',
    }),
  )
  const results = await Promise.allSettled(entries)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) log.error('What a file changed could not be put on record one by one', { error: String(failed.reason) })
}
