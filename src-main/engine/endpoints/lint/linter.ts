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
}

export function createLinter({ registry, catalog }: LinterDeps): Linter {
  function senderOf(projectId: ProjectId, id: string | null): LintSender | null {
    const known = id === null ? null : catalog.provider(projectId, id)
    if (!known) return null
    return { provider: known, deadlineMs: POLICY_PRESETS.find((each) => each.id === known.policy)?.deadlineMs ?? null }
  }

  function check(projectId: ProjectId, config: EndpointConfig): readonly LintWarning[] {
    const project = registry.projects.get(projectId)
    return lint({
      config,
      signer: senderOf(projectId, signerOf(config)),
      preset: POLICY_PRESETS.find(({ id }) => id === config.policy.preset)?.policy ?? null,
      project: { timeScale: project?.timeScale ?? 1, notificationUrl: project?.notificationUrl ?? null },
      sources: ofProject(registry.sources, projectId).map((source) => ({
        source,
        sender: senderOf(projectId, source.provider),
      })),
    })
  }

  return {
    endpoint: ({ projectId, version }) => check(projectId, version.config),

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
