import { z } from 'zod'
import { AppError } from '#shared/model/app-error.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { SavedFilter } from '#shared/model/saved-filter.ts'
import type { Change } from '../change.ts'
import type { Feed } from '../feed.ts'
import type { Clock, Ids } from '../ports.ts'
import type { SettingStore } from '../settings/setting-store.ts'
import { createTurns } from '../turns.ts'
import type { NamedThings } from './names.ts'
import { readDeliveryFilter, readEventFilter } from './read-filter.ts'

const SETTING = 'savedFilters'
/** Of one project: as many as a person can still choose among. */
const MOST = 200

export type SavedFilterInput = Pick<SavedFilter, 'name' | 'subject' | 'filter'>

export interface SavedFiltersApi {
  /** By name. */
  list(projectId: ProjectId): Promise<readonly SavedFilter[]>
  /** Replaces the one of this name. Throws `AppError` `invalid_filter` where it cannot be read. */
  save(projectId: ProjectId, input: SavedFilterInput): Promise<SavedFilter>
  /** Throws `AppError`: `not_found`, or `invalid_request` where another filter of the list has the name. */
  rename(projectId: ProjectId, id: string, name: string): Promise<SavedFilter>
  /** Throws `AppError` `not_found`. */
  delete(projectId: ProjectId, id: string): Promise<void>
}

interface Deps {
  registry: NamedThings
  store: SettingStore
  clock: Clock
  ids: Ids
  changes: Feed<Change>
}

/** Filters that a project keeps under names: few, and read rarely, so they are one setting of it. */
export function createSavedFilters({ registry, store, clock, ids, changes }: Deps): SavedFiltersApi {
  const inTurn = createTurns()

  async function read(projectId: ProjectId): Promise<SavedFilter[]> {
    return z
      .array(SavedFilter)
      .catch([])
      .parse(await store.get(projectId, SETTING))
  }

  async function write(projectId: ProjectId, filters: readonly SavedFilter[]): Promise<void> {
    await store.put(projectId, SETTING, filters.length === 0 ? null : filters)
    changes.publish({ type: 'project.changed', projectId })
  }

  return {
    async list(projectId) {
      return (await read(projectId)).toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
    },

    save: (projectId, input) =>
      inTurn(projectId, async () => {
        const context = { registry, projectId, now: clock.now() }
        if (input.subject === 'events') readEventFilter(input.filter, context)
        else readDeliveryFilter(input.filter, context)
        const filters = await read(projectId)
        const before = filters.find((other) => isSameName(other, input))
        if (before === undefined && filters.length >= MOST) throw tooMany()
        const saved = { id: before?.id ?? ids.next('flt'), createdAt: before?.createdAt ?? clock.now(), ...input }
        await write(projectId, [...filters.filter(({ id }) => id !== saved.id), saved])
        return saved
      }),

    rename: (projectId, id, name) =>
      inTurn(projectId, async () => {
        const filters = await read(projectId)
        const renamed = { ...oneOf(filters, id), name }
        if (filters.some((other) => other.id !== id && isSameName(other, renamed))) throw nameTaken(name)
        await write(
          projectId,
          filters.map((filter) => (filter.id === id ? renamed : filter)),
        )
        return renamed
      }),

    delete: (projectId, id) =>
      inTurn(projectId, async () => {
        const filters = await read(projectId)
        const gone = oneOf(filters, id)
        await write(
          projectId,
          filters.filter((filter) => filter !== gone),
        )
      }),
  }
}

type Named = Pick<SavedFilter, 'name' | 'subject'>

function isSameName(one: Named, other: Named): boolean {
  return one.subject === other.subject && one.name.toLowerCase() === other.name.toLowerCase()
}

function oneOf(filters: readonly SavedFilter[], id: string): SavedFilter {
  const found = filters.find((filter) => filter.id === id)
  if (found) return found
  throw new AppError('not_found', `There is no saved filter “${id}” in this project.`, {
    hint: 'GET /api/v1/filters lists them.',
  })
}

function nameTaken(name: string): AppError {
  return new AppError('invalid_request', `There is a saved filter “${name}” already.`, {
    field: 'name',
    hint: 'Choose another name, or delete that one first.',
  })
}

function tooMany(): AppError {
  return new AppError('invalid_request', `A project keeps at most ${MOST} filters.`, {
    hint: 'Delete one that is no longer used.',
  })
}
