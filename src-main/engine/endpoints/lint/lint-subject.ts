import type { EndpointConfig } from '#shared/model/endpoint.ts'
import type { LintWarning } from '#shared/model/lint-warning.ts'
import type { Policy } from '#shared/model/policy.ts'
import type { Project } from '#shared/model/project.ts'
import type { Source } from '#shared/model/source.ts'
import type { Provider } from '../../catalog/provider.ts'
import { plannedWaitsMs } from '../../delivery/retry-schedule.ts'

/** A sender, and how long it waits for an answer itself; null where that is not known. */
export interface LintSender {
  provider: Provider
  deadlineMs: number | null
}

/** A configuration, and what it will work among. */
export interface LintSubject {
  config: EndpointConfig
  /** Whose scheme signs; null where nobody does. */
  signer: LintSender | null
  /** The policy of its preset, untouched; null where the preset is not known. */
  preset: Policy | null
  project: Pick<Project, 'timeScale' | 'notificationUrl'>
  /** The names of workflows that let changes of it pass in CI while no alert watches it. */
  unwatchedGates: readonly string[]
  /** The project's sources, and who sends to each. */
  sources: readonly { source: Pick<Source, 'name' | 'bodyLimitBytes'>; sender: LintSender | null }[]
}

/** One thing to warn of; null where it is well. */
export type LintRule = (subject: LintSubject) => LintWarning | null

/** As many waits as tell what a schedule comes to. */
const MOST_WAITS = 1_000

export function waitsOf({ schedule }: Policy): readonly number[] {
  return plannedWaitsMs(schedule, 0, MOST_WAITS)
}

export function totalWaitMs(policy: Policy): number {
  return waitsOf(policy).reduce((sum, wait) => sum + wait, 0)
}

/** What a person changed is a warning; what a preset does as its sender does is worth a note. */
export function severityOf(isAsPreset: boolean): 'warning' | 'note' {
  return isAsPreset ? 'note' : 'warning'
}
