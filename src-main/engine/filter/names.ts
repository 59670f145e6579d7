import { AppError } from '#shared/model/app-error.ts'
import { EndpointId, EventId, ReplayId, SourceId, type ProjectId } from '#shared/model/ids.ts'
import { ofProject, type Registry } from '../registry.ts'

export type NamedThings = Pick<Registry, 'sources' | 'endpoints'>

export function invalidFilter(message: string, hint: string): AppError {
  return new AppError('invalid_filter', message, { field: 'filter', hint })
}

/** The source that a filter names by slug or id. One that is gone is still known by its id. */
export function sourceNamed({ sources }: NamedThings, projectId: ProjectId, name: string): SourceId {
  const found = ofProject(sources, projectId).find(({ id, slug }) => id === name || slug === name)
  const id = found?.id ?? SourceId.safeParse(name).data
  if (id !== undefined) return id
  throw invalidFilter(`There is no source “${name}” in this project.`, 'Name one by its slug or id.')
}

/** Every endpoint of a name, or the one of an id; null stands for a bare URL. */
export function endpointsNamed(
  { endpoints }: NamedThings,
  projectId: ProjectId,
  name: string,
): readonly (EndpointId | null)[] {
  if (name === 'none') return [null]
  const known = EndpointId.safeParse(name)
  if (known.success) return [known.data]
  const wanted = name.toLowerCase()
  const found = ofProject(endpoints, projectId).filter(({ version }) => version.config.name.toLowerCase() === wanted)
  if (found.length > 0) return found.map(({ id }) => id)
  throw invalidFilter(
    `There is no endpoint “${name}” in this project.`,
    'Name one by its whole name or its id, or write endpoint:none for bare URLs.',
  )
}

export function eventNamed(name: string): EventId {
  const known = EventId.safeParse(name)
  if (known.success) return known.data
  throw invalidFilter(`“${name}” is no id of an event.`, 'It begins with evt_.')
}

export function replayNamed(name: string): ReplayId {
  const known = ReplayId.safeParse(name)
  if (known.success) return known.data
  throw invalidFilter(`“${name}” is no id of a replay.`, 'It begins with rpl_.')
}
