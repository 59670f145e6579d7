import { AppError } from '#shared/model/app-error.ts'
import { DEFAULT_ANSWER, DEFAULT_BODY_LIMIT_BYTES, type Answer, type Source } from '#shared/model/source.ts'
import type { Change, SourceChange, SourcesApi } from '../engine.ts'
import type { Feed } from '../feed.ts'
import { checkHeaders } from '../header-rules.ts'
import type { Clock, Ids, SourceStore } from '../ports.ts'
import { ofProject, type Registry } from '../registry.ts'
import type { SourceSecrets } from './source-secrets.ts'

export interface SourcesDeps {
  store: SourceStore
  registry: Registry
  clock: Clock
  ids: Ids
  changes: Feed<Change>
  secrets: SourceSecrets
  hasProvider(id: string): boolean
}

/** An answer may not carry these: framing is the server's, and capture addresses never set cookies. */
const REFUSED_ANSWER_HEADERS = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'set-cookie',
  'set-cookie2',
  'transfer-encoding',
  'upgrade',
])

function changedAnswer(answer: Answer, change: SourceChange['answer']): Answer {
  const headers = change?.headers ?? answer.headers
  checkHeaders(headers, { field: 'answer.headers', refused: REFUSED_ANSWER_HEADERS })
  return {
    status: change?.status ?? answer.status,
    headers,
    body: change?.body ?? answer.body,
    delayMs: change?.delayMs ?? answer.delayMs,
  }
}

export function createSources(deps: SourcesDeps): SourcesApi {
  const { store, registry, clock, ids, changes, secrets, hasProvider } = deps

  function changed(source: Source, change: SourceChange): Source {
    if (change.provider && !hasProvider(change.provider)) {
      throw new AppError('unknown_provider', `There is no provider “${change.provider}”.`, {
        field: 'provider',
        hint: 'GET /api/v1/providers lists them.',
      })
    }
    return {
      ...source,
      name: change.name ?? source.name,
      provider: change.provider === undefined ? source.provider : change.provider,
      answer: changedAnswer(source.answer, change.answer),
      publicUrl: change.publicUrl === undefined ? source.publicUrl : change.publicUrl,
      duplicates: change.duplicates ?? source.duplicates,
      bodyLimitBytes: change.bodyLimitBytes ?? source.bodyLimitBytes,
    }
  }

  /** The secrets that go with a change; undefined where the stored ones stay. */
  async function changedSecrets(source: Source, next: Source, given: SourceChange['secrets']) {
    if (given) return secrets.plan(next, given)
    if (next.provider === null || next.provider === source.provider) return undefined
    // Another sender may not be able to use what is stored: that is told now and not as a mismatch later.
    return secrets.plan(next, await secrets.stored(source))
  }

  function keep(source: Source): Source {
    registry.sources.set(source.id, source)
    secrets.changed(source.id)
    changes.publish({ type: 'source.changed', projectId: source.projectId, sourceId: source.id })
    return source
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

    async create(projectId, input) {
      const blank: Source = {
        id: ids.next('src'),
        projectId,
        slug: input.slug,
        name: input.name,
        provider: null,
        answer: DEFAULT_ANSWER,
        publicUrl: null,
        duplicates: 'keep',
        bodyLimitBytes: DEFAULT_BODY_LIMIT_BYTES,
        createdAt: clock.now(),
      }
      const source = changed(blank, input)
      if (!(await store.create(source, await secrets.plan(source, input.secrets ?? [])))) {
        throw new AppError('slug_taken', `A source “${source.slug}” exists already.`, {
          field: 'slug',
          hint: 'Slugs are unique in the whole installation, over all projects: choose another.',
        })
      }
      return keep(source)
    },

    async update(source, change) {
      const next = changed(source, change)
      await store.update(next, await changedSecrets(source, next, change.secrets))
      return keep(next)
    },

    async delete(source) {
      await store.delete(source.id, clock.now())
      registry.sources.delete(source.id)
      secrets.changed(source.id)
      changes.publish({ type: 'source.changed', projectId: source.projectId, sourceId: source.id })
    },
  }
}
