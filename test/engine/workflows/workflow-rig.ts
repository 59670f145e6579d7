import type { z } from 'zod'
import { WorkflowDefinition } from '#shared/model/workflows/workflow.ts'
import type { WorkflowRun } from '#shared/model/workflows/workflow-run.ts'
import type { RunRequest } from '#main/engine/workflows/workflows-api.ts'
import { createRunningEngine } from '../running-engine.ts'

type Given = Partial<z.input<typeof WorkflowDefinition>>

/** A definition that sends one event to one address, with a change. */
export function definitionOf(change: Given = {}): WorkflowDefinition {
  return WorkflowDefinition.parse({
    targets: [{ url: 'http://a.test/hook' }],
    events: [{ type: 'order.paid', data: { total: 42 } }],
    ...change,
  })
}

/** An engine that delivers, with short ways to define, run and follow a workflow named `smoke`. */
export async function createWorkflowRig(parts: Parameters<typeof createRunningEngine>[0] = {}) {
  const rig = await createRunningEngine(parts)
  const { engine, project, actor, clock } = rig
  const { workflows } = engine
  const named = () => workflows.get(project.id, 'smoke')
  return {
    ...rig,
    workflows,
    named,
    define: (change: Given = {}) => workflows.put(project.id, 'smoke', definitionOf(change)),
    start: (request: Partial<RunRequest> = {}) =>
      workflows.start(
        project.id,
        'smoke',
        { trigger: 'ci', tags: [], variables: {}, callbackEndpointId: null, retryOf: null, ...request },
        actor,
      ),
    detail: ({ id }: Pick<WorkflowRun, 'id'>) => workflows.run(named(), id),
    cancel: ({ id }: Pick<WorkflowRun, 'id'>) => workflows.cancel(named(), id),
    runs: async () => (await workflows.runs(named(), { limit: 50, cursor: null })).items,
    /** `http://b.test/hook` as `b`. */
    hosts: () => rig.sent.map(({ url }) => new URL(url).host.split('.')[0]),
    settle: () => clock.advance(0),
  }
}

/** Targets such as `http://a.test/hook`, one for each letter. */
export const targets = (letters: string, tags: string[] = []) =>
  letters.split('').map((letter) => ({ url: `http://${letter}.test/hook`, tags }))
