import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EndpointId, ProjectId } from '#shared/model/ids.ts'

interface Place {
  /** Grows with each new endpoint. */
  rank: number
  eventTypes: readonly string[]
  shelves: readonly string[]
}

/** Endpoints by id, and at hand by the types of event that their filters name: an event looks at few of thousands. */
export class EndpointTable extends Map<EndpointId, Endpoint> {
  readonly #places = new Map<EndpointId, Place>()
  /** By project and type; those with a pattern stand on their project's shelf for any type. */
  readonly #shelves = new Map<string, Set<EndpointId>>()
  #rank = 0

  constructor(endpoints: readonly Endpoint[]) {
    super()
    for (const endpoint of endpoints) this.set(endpoint.id, endpoint)
  }

  override set(id: EndpointId, endpoint: Endpoint): this {
    const { eventTypes } = endpoint.version.config
    const place = this.#places.get(id)
    if (place?.eventTypes !== eventTypes) {
      this.#takeDown(id)
      const shelves = shelvesOf(endpoint)
      for (const shelf of shelves) this.#shelf(shelf).add(id)
      this.#places.set(id, { rank: place?.rank ?? this.#rank++, eventTypes, shelves })
    }
    return super.set(id, endpoint)
  }

  override delete(id: EndpointId): boolean {
    this.#takeDown(id)
    return super.delete(id)
  }

  /** Those of a project whose filter may take the type, oldest first: all that do, and some that do not. */
  mayTake(projectId: ProjectId, type: string): Endpoint[] {
    const named = this.#shelves.get(shelfOf(projectId, type))
    const open = this.#shelves.get(shelfOf(projectId, null))
    if (!named && !open) return []
    const rank = (id: EndpointId): number => this.#places.get(id)!.rank
    return [...(named ?? []), ...(open ?? [])].toSorted((a, b) => rank(a) - rank(b)).map((id) => this.get(id)!)
  }

  #shelf(name: string): Set<EndpointId> {
    const known = this.#shelves.get(name)
    if (known) return known
    const shelf = new Set<EndpointId>()
    this.#shelves.set(name, shelf)
    return shelf
  }

  #takeDown(id: EndpointId): void {
    for (const name of this.#places.get(id)?.shelves ?? []) {
      const shelf = this.#shelves.get(name)
      shelf?.delete(id)
      if (shelf?.size === 0) this.#shelves.delete(name)
    }
    this.#places.delete(id)
  }
}

/** One with a pattern stands on one shelf alone, so that it is found once. */
function shelvesOf({ projectId, version }: Endpoint): string[] {
  const { eventTypes } = version.config
  if (eventTypes.some((filter) => filter.endsWith('*'))) return [shelfOf(projectId, null)]
  return [...new Set(eventTypes)].map((type) => shelfOf(projectId, type))
}

const shelfOf = (projectId: ProjectId, type: string | null): string =>
  type === null ? projectId : `${projectId} ${type}`
