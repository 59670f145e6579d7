import { AppError } from '#shared/model/app-error.ts'
import type { Section } from '#shared/model/configuration/configuration.ts'
import type { ConfigurationProblem, PlannedChange } from '#shared/model/configuration/plan.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Actor } from '../engine.ts'
import { sha256Hex } from '../signing/digest.ts'
import { createTurns } from '../turns.ts'
import { commit, type CommitDeps, outdated } from './commit.ts'
import type { AppliedChange, ConfigurationApi, WantedConfiguration } from './configuration-api.ts'
import { findHeld } from './describing/kinds.ts'
import { differences } from './differences.ts'
import { exportConfiguration } from './export-configuration.ts'
import { stageConfiguration } from './staging/stage-configuration.ts'
import { createStage, type Stage, type StageDeps } from './staging/stage.ts'

export type ConfigurationDeps = StageDeps & Omit<CommitDeps, 'isRunning'> & Pick<StageDeps, 'store'>

/** The configuration of a project as a whole: told as a file, and brought to what a file says. */
export function createConfiguration(deps: ConfigurationDeps): ConfigurationApi {
  const turns = createTurns()
  const committing: CommitDeps = { ...deps, isRunning: (id) => deps.runner.openRuns(id).length > 0 }

  async function planned(projectId: ProjectId, wanted: WantedConfiguration, actor: Actor) {
    const stage = createStage(deps)
    const { problems: refusals, secrets } = await stageConfiguration(stage, { projectId, actor, ...wanted })
    const problems = [...wanted.unread, ...refusals]
    const changes = problems.length > 0 ? [] : await differences(stage, projectId, secrets)
    return { stage, problems, secrets, changes, fingerprint: fingerprintOf(stage, { projectId, problems, changes }) }
  }

  return {
    export: (projectId) => exportConfiguration(deps, projectId),

    async plan(projectId, wanted, actor) {
      const { problems, changes, fingerprint } = await planned(projectId, wanted, actor)
      return { problems, changes, fingerprint }
    },

    apply: (projectId, { fingerprint: expected, ...wanted }, actor) =>
      // One after the other: each is planned on what the one before has made.
      turns(projectId, async () => {
        const { stage, problems, secrets, changes, fingerprint } = await planned(projectId, wanted, actor)
        if (problems.length > 0) throw refused(problems)
        if (expected !== undefined && expected !== fingerprint) throw outdated()
        await commit(committing, stage, { projectId, secretsOf: secrets.keys() })
        return { changes: changes.map((change) => withId(change, stage, projectId)), fingerprint }
      }),
  }
}

/** Of what is planned, and of the very versions that it starts from. */
function fingerprintOf(
  { before }: Stage,
  plan: { projectId: ProjectId; problems: readonly ConfigurationProblem[]; changes: readonly PlannedChange[] },
): string {
  const versions = plan.changes.map(({ id }) =>
    id === null ? null : (before.endpoints.get(id as never)?.version.id ?? null),
  )
  return sha256Hex(new TextEncoder().encode(JSON.stringify([plan, versions])))
}

const SECTION_OF: Readonly<Record<PlannedChange['kind'], Section>> = {
  provider: 'providers',
  eventType: 'eventTypes',
  source: 'sources',
  endpoint: 'endpoints',
  workflow: 'workflows',
}

/** What is new has an id by now. */
function withId(change: PlannedChange, { registry }: Stage, projectId: ProjectId): AppliedChange {
  const { kind, name } = change
  return { ...change, id: change.id ?? findHeld(SECTION_OF[kind], registry, { projectId, name })!.id }
}

function refused(problems: readonly ConfigurationProblem[]): AppError {
  const [first, ...others] = problems
  const more = others.length === 0 ? '' : ` ${others.length} more problems are told by POST /api/v1/configuration/plan.`
  const { path, message } = first!
  return new AppError('invalid_configuration', `${path.join('.')}: ${message}${more}`, {
    field: ['configuration', ...path].join('.'),
    ...(first!.hint === null ? {} : { hint: first!.hint }),
  })
}
