import { SECTIONS, type Section } from '#shared/model/configuration/configuration.ts'
import type { PlannedChange, PlannedField } from '#shared/model/configuration/plan.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { fieldsDiff } from '../operations/config-diff.ts'
import type { Registry } from '../registry.ts'
import { defaultsOf } from './describing/defaults.ts'
import type { Described } from './describing/describe.ts'
import { type Held, heldIn } from './describing/kinds.ts'
import { shown } from './describing/mask-credentials.ts'

/** What was done to secrets, by the id of whose they are. */
export type SecretFields = ReadonlyMap<string, readonly PlannedField[]>

/** What leads from one registry to the other: what is there first, then what is new, then what is gone. */
export function differences(
  { before, registry: after }: { before: Registry; registry: Registry },
  projectId: ProjectId,
  secrets: SecretFields,
): readonly PlannedChange[] {
  const changes = SECTIONS.map((section) => differencesIn(section, { before, after, projectId, secrets }))
  return [...changes.flatMap(({ kept }) => kept), ...changes.toReversed().flatMap(({ removed }) => removed)]
}

function differencesIn(
  section: Section,
  {
    before,
    after,
    projectId,
    secrets,
  }: { before: Registry; after: Registry; projectId: ProjectId; secrets: SecretFields },
): { kept: readonly PlannedChange[]; removed: readonly PlannedChange[] } {
  const old = new Map(heldIn(section, before, projectId).map((held) => [held.described.id, held]))
  const kept: PlannedChange[] = []
  for (const held of heldIn(section, after, projectId)) {
    const was = old.get(held.described.id)
    old.delete(held.described.id)
    if (was?.value === held.value && !secrets.has(held.described.id)) continue
    kept.push(changeOf(was, held.described, secrets.get(held.described.id) ?? []))
  }
  return { kept, removed: [...old.values()].map(({ described }) => removalOf(described)) }
}

function changeOf(
  was: Held | undefined,
  { kind, name, id, fields }: Described,
  secrets: readonly PlannedField[],
): PlannedChange {
  const old = was?.described.fields ?? defaultsOf(kind, name)
  const differing = fieldsDiff(old, fields).map(({ field, before, after }) => ({
    field,
    before: was ? (shown(field, before) as PlannedField['before']) : null,
    after: shown(field, after) as PlannedField['after'],
  }))
  return {
    action: was ? 'change' : 'create',
    kind,
    name,
    id: was ? id : null,
    fields: [...differing, ...secrets],
  }
}

function removalOf({ kind, name, id }: Described): PlannedChange {
  return { action: 'remove', kind, name, id, fields: [] }
}
