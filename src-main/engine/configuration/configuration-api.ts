import type { Configuration } from '#shared/model/configuration/configuration.ts'
import type { ConfigurationProblem, PlannedChange } from '#shared/model/configuration/plan.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Actor } from '../engine.ts'
import type { GivenValues } from './staging/given-values.ts'

/** What a project is to be brought to. */
export interface WantedConfiguration {
  configuration: Configuration
  /** What of it could not be read. */
  unread: readonly ConfigurationProblem[]
  /** What the variables stand for that it refers to. */
  values: GivenValues
  /** Whether what a section does not name is to go; sections that are left out stay as they are. */
  prune: boolean
}

export interface ConfigurationPlan {
  /** Why it cannot be applied, all of it; none where it can. */
  problems: readonly ConfigurationProblem[]
  /** In the order in which they are made. */
  changes: readonly PlannedChange[]
  /** The same for the same plan alone. */
  fingerprint: string
}

/** One thing that was changed. */
export interface AppliedChange extends PlannedChange {
  id: string
}

export interface ConfigurationApi {
  /** As `apply` takes it, by section and name. No secret is in it: what the relay has is named by what keeps it. Throws `AppError` `ambiguous_name`. */
  export(projectId: ProjectId): Promise<{
    sections: Readonly<Record<string, Readonly<Record<string, unknown>>>>
    /** Where something that seems to be a credential was left out, or could not be. */
    warnings: readonly { path: readonly string[]; message: string }[]
  }>
  /** What applying it would do; nothing is stored. Throws `VaultLockedError`. */
  plan(projectId: ProjectId, wanted: WantedConfiguration, actor: Actor): Promise<ConfigurationPlan>
  /**
   * Does what `plan` tells, all of it or nothing; where a fingerprint is given, only what that plan told. Throws `AppError`
   * `plan_outdated`, and `invalid_configuration` where there are problems.
   */
  apply(
    projectId: ProjectId,
    wanted: WantedConfiguration & { fingerprint?: string | undefined },
    actor: Actor,
  ): Promise<{ changes: readonly AppliedChange[]; fingerprint: string }>
}
