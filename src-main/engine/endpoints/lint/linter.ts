import type { Endpoint, EndpointConfig } from '#shared/model/endpoint.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { LintWarning } from '#shared/model/lint-warning.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { POLICY_PRESETS, resolvePolicy } from '../../delivery/policies.ts'
import type { EndpointChange } from '../../engine.ts'
import { ofProject, type Registry } from '../../registry.ts'
import { blankConfig, signerOf } from '../endpoint-config.ts'
import { lint } from './lint.ts'
import type { LintSender } from './lint-subject.ts'

/** Warns of what cannot be safe or cannot work. */
export interface Linter {
  endpoint(endpoint: Endpoint): readonly LintWarning[]
  /** Of a draft, finished or not. Throws `AppError` for a policy that cannot be read. */
  draft(projectId: ProjectId, draft: EndpointChange): readonly LintWarning[]
}

export interface LinterDeps {
  registry: Registry
  catalog: Pick<Catalog, 'provider'>
  /** Whether an alert that is on looks at it. */
  isWatched(endpoint: Pick<Endpoint, 'id' | 'projectId'>): boolean
}

export function createLinter({ registry, catalog, isWatched }: LinterDeps): Linter {
  function senderOf(projectId: ProjectId, id: string | null): LintSender | null {
    const known = id === null ? null : catalog.provider(projectId, id)
    if (!known) return null
    return { provider: known, deadlineMs: POLICY_PRESETS.find((each) => each.id === known.policy)?.deadlineMs ?? null }
  }

  function unwatchedGatesOf(endpoint: Endpoint): readonly string[] {
    const gates = ofProject(registry.workflows, endpoint.projectId).filter(
      ({ definition }) => definition.gate?.endpointId === endpoint.id,
    )
    return gates.length === 0 || isWatched(endpoint) ? [] : gates.map(({ name }) => name).toSorted()
  }

  function check(
    projectId: ProjectId,
    config: EndpointConfig,
    unwatchedGates: readonly string[] = [],
  ): readonly LintWarning[] {
    const project = registry.projects.get(projectId)
    return lint({
      config,
      signer: senderOf(projectId, signerOf(config)),
      preset: POLICY_PRESETS.find(({ id }) => id === config.policy.preset)?.policy ?? null,
      project: { timeScale: project?.timeScale ?? 1, notificationUrl: project?.notificationUrl ?? null },
      unwatchedGates,
      sources: ofProject(registry.sources, projectId).map((source) => ({
        source,
        sender: senderOf(projectId, source.provider),
      })),
    })
  }

  return {
    endpoint: (endpoint) => check(endpoint.projectId, endpoint.version.config, unwatchedGatesOf(endpoint)),

    draft(projectId, { policy = 'standard', tls, ...given }) {
      const { url = '', headers = [], provider: signer = null, testMode = false } = given
      return check(projectId, {
        ...blankConfig(),
        url,
        headers,
        testMode,
        provider: signer,
        policy: resolvePolicy(policy),
        tls: { verify: tls?.verify ?? true, ca: tls?.ca ?? null },
      })
    },
  }
}
