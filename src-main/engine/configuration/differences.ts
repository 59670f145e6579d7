import { SECTIONS } from '#shared/model/configuration/configuration.ts'
import type { PlannedChange, PlannedField } from '#shared/model/configuration/plan.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { fieldsDiff } from '../operations/config-diff.ts'
import { defaultsOf } from './describing/defaults.ts'
import { type Held, heldIn } from './describing/kinds.ts'
import { shown, withShortPolicies, withShortPolicy } from './describing/shown.ts'
import type { Stage } from './staging/stage.ts'

/** What was done to secrets, by the id of whose they are. */
export type SecretFields = ReadonlyMap<string, readonly PlannedField[]>

/** What leads from a stage’s first registry to its own: what is there or new, and then what is gone. */
export async function differences(
  stage: Pick<Stage, 'before' | 'registry' | 'pause'>,
  projectId: ProjectId,
  secrets: SecretFields,
): Promise<readonly PlannedChange[]> {
  const kept: PlannedChange[] = []
  const removed: PlannedChange[][] = []
  for (const section of SECTIONS) {
    const old = new Map(heldIn(section, stage.before, projectId).map((held) => [held.id, held]))
    for (const held of heldIn(section, stage.registry, projectId)) {
      const was = old.get(held.id)
      old.delete(held.id)
      const ofSecrets = secrets.get(held.id)
      if (was?.value === held.value && !ofSecrets) continue
      kept.push(changeOf(was, held, ofSecrets ?? []))
      await stage.pause()
    }
    removed.push([...old.values()].map(removalOf))
  }
  return [...kept, ...removed.toReversed().flat()]
}

function changeOf(was: Held | undefined, held: Held, secrets: readonly PlannedField[]): PlannedChange {
  const { kind, name, fields } = held.describe()
  const [old, next] = was
    ? withShortPolicies(was.describe().fields, fields)
    : [withShortPolicy(inOrderOf(fields, defaultsOf(kind, name))), withShortPolicy(fields)]
  const differing = fieldsDiff(old, next).map(({ field, before, after }) => ({
    field,
    before: was ? (shown(field, before) as PlannedField['before']) : null,
    after: shown(field, after) as PlannedField['after'],
  }))
  return { action: was ? 'change' : 'create', kind, name, id: was ? held.id : null, fields: [...differing, ...secrets] }
}

function inOrderOf(fields: object, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.keys(fields).map((field) => [field, values[field]]))
}

function removalOf({ name, id, describe }: Held): PlannedChange {
  return { action: 'remove', kind: describe().kind, name, id, fields: [] }
}
