import type { Workflow } from '#shared/model/workflows/workflow.ts'
import { requireScope } from '../../../engine/engine.ts'
import { type ApiContext, projectOf } from '../../api-context.ts'
import { toRunDetail, toRunView, toWorkflowView } from '../../views/workflow-view.ts'
import { procedures } from '../procedures.ts'

const { workflows } = procedures

type Named = { name: string; project?: string | undefined }

function workflowOf(context: ApiContext, input: Named): Workflow {
  return context.engine.workflows.get(projectOf(context, input).id, input.name)
}

async function view({ engine }: ApiContext, workflow: Workflow) {
  return toWorkflowView(engine, workflow, await engine.workflows.latestRuns(workflow.projectId))
}

export const workflowHandlers = {
  list: workflows.list.handler(async ({ context, input }) => {
    const { engine } = context
    const { id } = projectOf(context, input)
    const latest = await engine.workflows.latestRuns(id)
    const items = engine.workflows.list(id).map((workflow) => toWorkflowView(engine, workflow, latest))
    return { items, nextCursor: null }
  }),

  get: workflows.get.handler(({ context, input }) => view(context, workflowOf(context, input))),

  put: workflows.put.handler(async ({ context, input: { name, project, ...definition } }) => {
    // Whoever runs it sends to these addresses, so the right to choose them is asked for here.
    if (definition.targets.some((target) => 'url' in target)) requireScope(context.actor, 'deliveries:anywhere')
    const { id } = projectOf(context, { project })
    return view(context, await context.engine.workflows.put(id, name, definition))
  }),

  delete: workflows.delete.handler(async ({ context, input }) => {
    const { id } = projectOf(context, input)
    return { name: input.name, ...(await context.engine.workflows.delete(id, input.name)) }
  }),

  runs: {
    list: workflows.runs.list.handler(async ({ context, input }) => {
      const request = { limit: input.limit, cursor: input.cursor ?? null }
      const page = await context.engine.workflows.runs(workflowOf(context, input), request)
      return { items: page.items.map(toRunView), nextCursor: page.nextCursor }
    }),

    start: workflows.runs.start.handler(async ({ context, input: { name, project, trigger, ...request } }) => {
      const { engine, actor } = context
      const workflow = workflowOf(context, { name, project })
      const choosesHosts = Object.keys(request.variables).length > 0 && engine.workflows.variesInHost(workflow)
      if (choosesHosts) requireScope(actor, 'deliveries:anywhere')
      const by = trigger ?? (actor.kind === 'key' ? 'ci' : 'manual')
      return toRunView(await engine.workflows.start(workflow.projectId, name, { ...request, trigger: by }, actor))
    }),

    get: workflows.runs.get.handler(async ({ context, input }) =>
      toRunDetail(await context.engine.workflows.run(workflowOf(context, input), input.id)),
    ),

    cancel: workflows.runs.cancel.handler(async ({ context, input }) =>
      toRunDetail(await context.engine.workflows.cancel(workflowOf(context, input), input.id)),
    ),
  },
}
