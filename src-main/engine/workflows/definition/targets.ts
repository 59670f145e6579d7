import { AppError } from '#shared/model/app-error.ts'
import type { Variables, WorkflowDefinition, WorkflowTarget } from '#shared/model/workflows/workflow.ts'
import { checkTargetUrl } from '../../endpoints/endpoint-config.ts'
import type { AddressGuard } from '../../ports.ts'
import { fillText } from './variables.ts'

/** The targets that have one of the tags, or all where no tag is given. Throws `AppError` where there is none. */
export function chosenTargets(
  { targets }: Pick<WorkflowDefinition, 'targets'>,
  tags: readonly string[],
  field: string,
): readonly WorkflowTarget[] {
  const known = new Set(targets.flatMap((target) => target.tags))
  const unknown = tags.find((tag) => !known.has(tag))
  if (unknown !== undefined) {
    throw new AppError('invalid_request', `No target of this workflow has the tag “${unknown}”.`, {
      field,
      hint: known.size > 0 ? `Its tags are ${[...known].join(', ')}.` : 'Its targets have no tags: leave tags out.',
    })
  }
  return tags.length === 0 ? targets : targets.filter((target) => target.tags.some((tag) => tags.includes(tag)))
}

/**
 * The address of each target with its variables filled in, null for an endpoint. Throws `AppError` at `fieldOf(index)`
 * where one may not be sent to, or is the same as another.
 */
export function targetUrls(
  targets: readonly WorkflowTarget[],
  { variables, guard, fieldOf }: { variables: Variables; guard: AddressGuard; fieldOf: (index: number) => string },
): readonly (string | null)[] {
  const seen = new Set<string>()
  return targets.map((target, index) => {
    const url = 'url' in target ? fillText(target.url, variables) : null
    if (url !== null) checkTargetUrl(url, fieldOf(index), guard)
    const address = 'url' in target ? url! : target.endpointId
    if (!seen.has(address)) {
      seen.add(address)
      return url
    }
    throw new AppError('invalid_request', `Two targets are the same: ${address}.`, {
      field: fieldOf(index),
      hint: 'One target is one unit of the run: give it once, with all its tags.',
    })
  })
}
