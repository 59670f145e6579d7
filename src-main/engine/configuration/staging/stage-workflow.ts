import { AppError } from '#shared/model/app-error.ts'
import type { WorkflowEntry } from '#shared/model/configuration/entries.ts'
import type { EndpointId, ProjectId } from '#shared/model/ids.ts'
import type { WorkflowDefinition } from '#shared/model/workflows/workflow.ts'
import { jsonEqual } from '../../conditions/json-equal.ts'
import { ofProject } from '../../registry.ts'
import { describeWorkflow } from '../describing/describe.ts'
import type { Stage } from './stage.ts'

/** Makes a workflow as its entry says. Throws `AppError` that names the field. */
export async function stageWorkflow(
  stage: Stage,
  { projectId, name, entry }: { projectId: ProjectId; name: string; entry: WorkflowEntry },
): Promise<void> {
  const current = ofProject(stage.registry.workflows, projectId).find((workflow) => workflow.name === name)
  // One whose endpoint was deleted stays as it is, as long as nothing of it is to be another.
  if (current && jsonEqual(describeWorkflow(current, stage.registry).fields, entry)) return
  const { targets, gate, ...rest } = entry
  const idOf = (endpoint: string, field: string) => endpointId(stage, { projectId, name: endpoint, field })
  const definition: WorkflowDefinition = {
    ...rest,
    targets: targets.map((target, index) =>
      'url' in target ? target : { endpointId: idOf(target.endpoint, `targets.${index}.endpoint`), tags: target.tags },
    ),
    gate: gate && { endpointId: idOf(gate.endpoint, 'gate.endpoint') },
  }
  await stage.workflows.put(projectId, name, definition)
}

/** By name, or else by id. */
function endpointId(
  { registry }: Stage,
  { projectId, name, field }: { projectId: ProjectId; name: string; field: string },
): EndpointId {
  const all = ofProject(registry.endpoints, projectId)
  const found = all.filter(({ version }) => version.config.name === name)
  const [only = all.find(({ id }) => id === name)] = found
  if (only && found.length < 2) return only.id
  if (!only) {
    throw new AppError('invalid_request', `There is no endpoint “${name}” in this project or this file.`, { field })
  }
  throw new AppError('ambiguous_name', `${found.length} endpoints are called “${name}”.`, {
    field,
    hint: `Write the id of one of them: ${found.map(({ id }) => id).join(', ')}.`,
  })
}
