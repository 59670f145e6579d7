import type { ProjectId } from '#shared/model/ids.ts'
import type { MemoryState } from '../state.ts'
import { forgetSource } from '../subscriptions/forget.ts'

/** Stops everything in a project at once. */
export function abandon(state: MemoryState, { projectId, now }: { projectId: ProjectId; now: number }): void {
  for (const stored of state.deliveries.values()) {
    const { delivery } = stored
    if (delivery.projectId !== projectId || (delivery.state !== 'scheduled' && delivery.state !== 'held')) continue
    stored.delivery = { ...delivery, state: 'canceled', dueAt: null, updatedAt: now }
  }
  for (const held of state.bulkRetries.values()) {
    const { retry } = held
    if (retry.projectId !== projectId || retry.finishedAt !== null) continue
    held.retry = { ...retry, state: 'canceled', finishedAt: now }
  }
  for (const held of state.replays.values()) {
    const { replay } = held
    if (replay.projectId !== projectId || replay.finishedAt !== null) continue
    held.replay = { ...replay, state: 'canceled', finishedAt: now }
  }
  for (const [id, endpoint] of state.endpoints) if (endpoint.projectId === projectId) state.endpoints.delete(id)
  for (const [id, source] of state.sources) {
    if (source.projectId !== projectId) continue
    state.sources.delete(id)
    state.sourceSecrets.delete(id)
    state.scriptSteps.delete(id)
    forgetSource(state, id)
  }
  for (const [id, workflow] of state.workflows) if (workflow.projectId === projectId) state.workflows.delete(id)
  for (const [id, { run }] of state.workflowRuns) if (run.projectId === projectId) state.workflowRuns.delete(id)
  state.secrets.splice(0, state.secrets.length, ...state.secrets.filter((secret) => secret.projectId !== projectId))
}

/** Deletes whatever is there of a project, and the project. */
export function deleteProject(state: MemoryState, projectId: ProjectId): void {
  const owned: readonly Map<unknown, { projectId: ProjectId }>[] = [
    state.providers,
    state.eventTypes,
    state.senders,
    state.rawAnswers,
    state.alertRules,
    state.alerts,
  ]
  for (const all of owned) for (const [key, { projectId: of }] of all) if (of === projectId) all.delete(key)
  for (const [id, { replay }] of state.replays) if (replay.projectId === projectId) state.replays.delete(id)
  for (const [id, { delivery }] of state.deliveries) if (delivery.projectId === projectId) state.deliveries.delete(id)
  for (const [id, event] of state.events) if (event.projectId === projectId) state.events.delete(id)
  for (const [id, { retry }] of state.bulkRetries) if (retry.projectId === projectId) state.bulkRetries.delete(id)
  for (const byScope of state.settings.values()) byScope.delete(projectId)
  state.dataKeys.splice(0, state.dataKeys.length, ...state.dataKeys.filter((key) => key.projectId !== projectId))
  for (const [id, { key }] of state.keys) if (key.projectId === projectId) state.keys.delete(id)
  state.projects.delete(projectId)
}
