import { AppError } from '#shared/model/app-error.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { DEFAULT_PROJECT_SLUG, type Project } from '#shared/model/project.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { Clock, Log, RetentionStore, SettingStore } from '../ports.ts'
import { ofProject, type Registry } from '../registry.ts'
import { giveBackSpace, pause, sweep } from '../retention/sweep.ts'

/** Under which a project that is being deleted is marked, so that the next start goes on where this one ended. */
const MARK = 'deleting'
/** Behind every event. */
const EVERYTHING = { receivedAt: Number.MAX_SAFE_INTEGER, key: Number.MAX_SAFE_INTEGER }
/** How long to wait for attempts that are under way. */
const UNDER_WAY_MS = 1_000

export interface ProjectDeletion {
  /**
   * Deletes a project with all that is in it: at once for whoever looks, in the background on the disk. `confirm` is its
   * slug. Throws `AppError` `invalid_request` where it is not, or where the project is the one that is always there.
   */
  delete(project: Project, confirm: string): Promise<void>
  /** Goes on with what an earlier run began. */
  start(): void
  stop(): Promise<void>
}

export interface ProjectDeletionDeps {
  store: RetentionStore
  settings: SettingStore
  registry: Registry
  clock: Clock
  log: Log
  changes: Feed<Change>
  /** Called once a project is gone for whoever looks. */
  onDeleted?(projectId: ProjectId): Promise<void>
}

export async function createProjectDeletion(deps: ProjectDeletionDeps): Promise<ProjectDeletion> {
  const { store, settings, clock, log } = deps
  const left = [...(await settings.all(MARK)).keys()].filter((scope): scope is ProjectId => scope !== 'account')
  for (const projectId of left) forget(deps, projectId)
  const purges = new Map<ProjectId, Promise<void>>()
  let isStopped = false

  async function purge(projectId: ProjectId): Promise<void> {
    try {
      while (!isStopped) {
        const { kept, expired } = await sweep(
          { store, clock },
          {
            projectId,
            before: EVERYTHING,
            undelivered: 'expire',
            // Nobody can look any more at what was canceled.
            seenUntil: Number.MAX_SAFE_INTEGER,
            isStopped: () => isStopped,
          },
        )
        if (kept + expired === 0) break
        await pause(clock, UNDER_WAY_MS)
      }
      if (isStopped) return
      await store.deleteProject(projectId)
      await giveBackSpace({ store, clock }, () => isStopped)
      log.info('A project was deleted', { projectId })
    } catch (error) {
      log.error('A project could not be deleted wholly; the next start goes on', { projectId, error: String(error) })
    } finally {
      purges.delete(projectId)
    }
  }

  const begin = (projectId: ProjectId) => void purges.set(projectId, purge(projectId))

  return {
    async delete(project, confirm) {
      check(project, confirm)
      await settings.put(project.id, MARK, { at: clock.now() })
      await store.abandon({ projectId: project.id, now: clock.now() })
      forget(deps, project.id)
      await deps.onDeleted?.(project.id)
      begin(project.id)
    },

    start() {
      for (const projectId of left.splice(0)) begin(projectId)
    },

    async stop() {
      isStopped = true
      await Promise.all(purges.values())
    },
  }
}

function check({ slug, name }: Project, confirm: string): void {
  if (slug === DEFAULT_PROJECT_SLUG) {
    throw new AppError('invalid_request', `The project “${slug}” is meant wherever none is named, so it stays.`, {
      field: 'id',
      hint: 'Set its retention to take what it holds.',
    })
  }
  if (confirm === slug) return
  throw new AppError('invalid_request', `This would delete ${name} with all that is in it.`, {
    field: 'confirm',
    hint: `Send {"confirm": "${slug}"} to mean it.`,
  })
}

/** From now on it is not there: nothing is captured for it, nothing sent. */
function forget({ registry, changes }: ProjectDeletionDeps, projectId: ProjectId): void {
  const endpoints = ofProject(registry.endpoints, projectId)
  for (const { id } of ofProject(registry.sources, projectId)) registry.sources.delete(id)
  for (const { sourceId } of ofProject(registry.links, projectId)) registry.links.delete(sourceId)
  for (const { id } of endpoints) registry.endpoints.delete(id)
  for (const [key, provider] of registry.providers) if (provider.projectId === projectId) registry.providers.delete(key)
  for (const { id } of ofProject(registry.eventTypes, projectId)) registry.eventTypes.delete(id)
  for (const { id } of ofProject(registry.workflows, projectId)) registry.workflows.delete(id)
  registry.projects.delete(projectId)
  for (const { id } of endpoints) changes.publish({ type: 'endpoint.changed', projectId, endpointId: id })
  changes.publish({ type: 'project.changed', projectId })
}
