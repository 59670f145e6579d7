import { AppError } from '#shared/model/app-error.ts'
import type { ProjectId, SourceId } from '#shared/model/ids.ts'
import type { Link } from '#shared/model/link/link.ts'
import type { Source } from '#shared/model/source.ts'
import type { AppendDeps } from '../capture/append-event.ts'
import { newSource, slugTaken } from '../capture/new-source.ts'
import {
  VaultLockedError,
  type AddressGuard,
  type Clock,
  type LinkStore,
  type Log,
  type Random,
  type RelayCaller,
  type SealedSourceSecret,
  type SourceStore,
} from '../ports.ts'
import { ofProject } from '../registry.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import type { LinkTimings } from '../subscriptions/timings.ts'
import { createTurns } from '../turns.ts'
import { blankLink, changedLink, slugFor } from './link-fields.ts'
import { blankStanding, createLinkRunner, type LinkRunner } from './link-runner.ts'
import type { LinksApi, NewLink, StandingLink } from './links-api.ts'
import { createOutcomeReports } from './outcome-reports.ts'

export interface LinksDeps {
  append: AppendDeps
  store: LinkStore
  sources: SourceStore
  keeper: SecretKeeper
  relays: RelayCaller
  guard: AddressGuard
  clock: Clock
  random: Random
  log: Log
  version: string
  timings?: LinkTimings | undefined
}

/** So many slugs are tried for a source that nobody named. */
const MOST_TRIES = 50

/** What feeds sources of this machine from relays; nothing is connected before `start`. */
export function createLinks(deps: LinksDeps): LinksApi {
  const { store, sources, keeper, clock, log, guard, random } = deps
  const { registry, changes, ids } = deps.append
  const runners = new Map<SourceId, LinkRunner>()
  const reports = createOutcomeReports({ store, changes, clock, log })
  const inTurn = createTurns()
  let isStarted = false

  changes.subscribe((change) => {
    if (change.type !== 'source.changed' && change.type !== 'project.changed') return
    for (const [sourceId, runner] of runners) {
      if (registry.links.has(sourceId) && registry.sources.has(sourceId)) continue
      runners.delete(sourceId)
      reports.end(sourceId)
      void runner.stop()
    }
  })

  function run(link: Link): void {
    const runner = createLinkRunner(link, {
      ...deps,
      source: ({ sourceId }) => registry.sources.get(sourceId),
      key: openedKey,
      onLive: (live, reporting) => reports.begin(live, reporting),
      onChanged({ sourceId, projectId }) {
        if (runners.get(sourceId)?.standing().state !== 'live') reports.end(sourceId)
        changes.publish({ type: 'link.changed', projectId, sourceId })
      },
    })
    runners.set(link.sourceId, runner)
  }

  async function openedKey({ sourceId }: Link): Promise<string> {
    const sealed = (await sources.secrets(sourceId)).find(({ role }) => role === 'link-key')
    if (sealed) return keeper.open(sealed)
    throw new VaultLockedError('The key for the relay is not here any more.')
  }

  async function sealedKey({ id: sourceId, projectId }: Source, key: string): Promise<SealedSourceSecret> {
    const identity = { id: ids.next('sec'), projectId, sourceId }
    return { ...identity, role: 'link-key', sealed: await keeper.seal(identity, key), createdAt: clock.now() }
  }

  function find(projectId: ProjectId, ref: string): { link: Link; source: Source } {
    const source = ofProject(registry.sources, projectId).find(({ id, slug }) => id === ref || slug === ref)
    const link = source && registry.links.get(source.id)
    if (link) return { link, source }
    throw new AppError('not_found', `No link feeds a source “${ref}” of this project.`, {
      hint: 'GET /api/v1/links lists them.',
    })
  }

  function shown({ link, source }: { link: Link; source: Source }): StandingLink {
    const standing = runners.get(source.id)?.standing() ?? blankStanding({ enabled: false }, clock.now())
    return { link, source, standing }
  }

  /** Keeps both under the first slug that is free. */
  async function keepWithSource(input: NewLink, projectId: ProjectId): Promise<{ link: Link; source: Source }> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const slug = input.slug ?? slugFor(input.remoteSource, tries)
      const name = input.name ?? input.remoteSource
      const source = newSource({ ids, random, clock }, { projectId, slug, name })
      const link = changedLink(blankLink(source, input), input, guard)
      if (await sources.create(source, [await sealedKey(source, input.key)], link)) return { link, source }
      if (input.slug !== undefined) break
    }
    throw slugTaken(input.slug ?? slugFor(input.remoteSource, 0))
  }

  return {
    list: (projectId) =>
      ofProject(registry.links, projectId)
        .flatMap((link) => {
          const source = registry.sources.get(link.sourceId)
          return source ? [shown({ link, source })] : []
        })
        .toReversed(),

    feeds: ({ id }) => registry.links.has(id),
    get: (projectId, ref) => shown(find(projectId, ref)),

    async create(projectId, input) {
      const made = await keepWithSource(input, projectId)
      registry.sources.set(made.source.id, made.source)
      registry.links.set(made.source.id, made.link)
      if (isStarted) run(made.link)
      changes.publish({ type: 'source.changed', projectId, sourceId: made.source.id })
      return shown(made)
    },

    update: (projectId, ref, change) =>
      inTurn(find(projectId, ref).source.id, async () => {
        const { link, source } = find(projectId, ref)
        const next = changedLink(link, change, guard)
        if (change.key !== undefined) {
          const kept = (await sources.secrets(source.id)).filter(({ role }) => role !== 'link-key')
          await sources.update(source, { secrets: [...kept, await sealedKey(source, change.key)] })
        }
        await store.update(next)
        registry.links.set(source.id, next)
        reports.end(source.id)
        runners.get(source.id)?.restart(next)
        changes.publish({ type: 'link.changed', projectId, sourceId: source.id })
        return shown({ link: next, source })
      }),

    reconnect(projectId, ref) {
      const found = find(projectId, ref)
      runners.get(found.source.id)?.hurry()
      return shown(found)
    },

    relayed: (eventId) => store.relayed(eventId),

    start() {
      isStarted = true
      for (const link of registry.links.values()) run(link)
    },

    resume() {
      for (const [sourceId, runner] of runners) {
        const link = registry.links.get(sourceId)
        if (link?.enabled) runner.restart(link)
      }
    },

    async stop() {
      reports.stop()
      await Promise.all([...runners.values()].map((runner) => runner.stop()))
    },
  }
}
