import { AppError } from '#shared/model/app-error.ts'
import { isScript, stepAfter } from '#shared/model/answer-script.ts'
import type { Source } from '#shared/model/source.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Change } from '../engine.ts'
import type { SourceChange, SourcesApi } from './sources-api.ts'
import type { Feed } from '../feed.ts'
import type { Clock, Ids, Random, SourceStore } from '../ports.ts'
import { ofProject, type Registry } from '../registry.ts'
import { changedAnswer } from './answer-change.ts'
import { checkedOrigins, newIngestKey } from './ingestion/ingest-access.ts'
import { newSource, slugTaken } from './new-source.ts'
import type { SourceSecrets } from './source-secrets.ts'

export interface SourcesDeps {
  store: SourceStore
  registry: Registry
  clock: Clock
  ids: Ids
  random: Random
  changes: Feed<Change>
  secrets: SourceSecrets
  catalog: Pick<Catalog, 'provider' | 'resolve'>
}

export function createSources(deps: SourcesDeps): SourcesApi {
  const { store, registry, clock, ids, random, changes, secrets, catalog } = deps

  function changed(source: Source, change: SourceChange): Source {
    if (change.provider) catalog.resolve(source.projectId, change.provider)
    return {
      ...source,
      name: change.name ?? source.name,
      provider: change.provider === undefined ? source.provider : change.provider,
      answer: changedAnswer(source.answer, change.answer),
      publicUrl: change.publicUrl === undefined ? source.publicUrl : change.publicUrl,
      duplicates: change.duplicates ?? source.duplicates,
      bodyLimitBytes: change.bodyLimitBytes ?? source.bodyLimitBytes,
      allowedOrigins: change.allowedOrigins ? checkedOrigins(change.allowedOrigins) : source.allowedOrigins,
    }
  }

  /** The secrets that go with a change; undefined where the stored ones stay. */
  async function changedSecrets(source: Source, next: Source, { secrets: given, verifyToken }: SourceChange) {
    const isSenderNew = next.provider !== null && next.provider !== source.provider
    // Another sender may not be able to use what is stored: that is told now and not as a mismatch later.
    const signing = given ?? (isSenderNew ? await secrets.stored(source) : undefined)
    return signing || verifyToken !== undefined ? secrets.plan(next, { secrets: signing, verifyToken }) : undefined
  }

  function keep(source: Source): Source {
    registry.sources.set(source.id, source)
    secrets.changed(source.id)
    changes.publish({ type: 'source.changed', projectId: source.projectId, sourceId: source.id })
    return source
  }

  async function replace(source: Source, options: Parameters<SourceStore['update']>[1] = {}): Promise<Source> {
    await store.update(source, options)
    if (options.restartsScript) registry.answersGiven.delete(source.id)
    return keep(source)
  }

  return {
    list: (projectId) => ofProject(registry.sources, projectId),

    resolve(projectId, ref) {
      const source = ofProject(registry.sources, projectId).find(({ id, slug }) => id === ref || slug === ref)
      if (source) return source
      throw new AppError('not_found', `There is no source “${ref}” in this project.`, {
        hint: 'GET /api/v1/sources lists them.',
      })
    },

    secrets: (source) => secrets.stored(source),
    hasVerifyToken: async (source) => (await secrets.storedToken(source)) !== null,

    async create(projectId, input) {
      const source = changed(newSource({ ids, random, clock }, { projectId, ...input }), input)
      if (!(await store.create(source, await secrets.plan(source, input)))) throw slugTaken(source.slug)
      return keep(source)
    },

    async update(source, change) {
      const next = changed(source, change)
      return replace(next, {
        secrets: await changedSecrets(source, next, change),
        restartsScript: JSON.stringify(next.answer) !== JSON.stringify(source.answer),
      })
    },

    resetScript: (source) => replace(source, { restartsScript: true }),
    rotateIngestKey: (source) => replace({ ...source, ingestKey: newIngestKey(random) }),

    scriptStanding({ id, projectId, answer, provider: sender }) {
      if (!isScript(answer)) return null
      const given = registry.answersGiven.get(id) ?? 0
      const walksByMessage =
        sender !== null && (catalog.provider(projectId, sender)?.recognition.messageId.length ?? 0) > 0
      return { given, next: walksByMessage ? null : stepAfter(answer, given) }
    },

    async delete(source) {
      await store.delete(source.id, clock.now())
      registry.sources.delete(source.id)
      registry.links.delete(source.id)
      secrets.changed(source.id)
      changes.publish({ type: 'source.changed', projectId: source.projectId, sourceId: source.id })
    },
  }
}
