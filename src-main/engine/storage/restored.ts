import { Restored, RESTORED_SETTING } from '#shared/model/restored.ts'
import { AppError } from '#shared/model/app-error.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { EndpointsApi } from '../engine.ts'
import type { Clock, DeliveryStore, SettingStore } from '../ports.ts'
import { createTurns } from '../turns.ts'
import type { Registry } from '../registry.ts'

/** What became of all that a restore held. */
export interface Decided {
  /** Endpoints that deliver again. */
  endpoints: number
  /** Deliveries that were released, or discarded. */
  deliveries: number
}

export interface RestoredApi {
  /** What the last restore left to decide; null where there is nothing. */
  show(): Restored | null
  /**
   * Resumes the endpoints that the restore paused, and releases or discards what is held. Throws `AppError` `not_found`
   * where no restore is left to decide.
   */
  decide(held: 'release' | 'discard'): Promise<Decided>
  /** Leaves everything as it is; a person resumes each endpoint. Throws `AppError` `not_found`. */
  dismiss(): Promise<void>
}

export interface RestoredDeps {
  settings: SettingStore
  deliveries: Pick<DeliveryStore, 'list' | 'bringForward' | 'cancel'>
  endpoints: Pick<EndpointsApi, 'resume'>
  registry: Registry
  clock: Clock
  onScheduled(deliveries: readonly Delivery[]): void
}

const PAGE = 500

export async function createRestored(deps: RestoredDeps): Promise<RestoredApi> {
  const { settings, endpoints, registry } = deps
  const stored = Restored.safeParse(await settings.get('account', RESTORED_SETTING))
  let restored = stored.success ? stored.data : null
  const inTurn = createTurns()

  function required(): Restored {
    if (restored) return restored
    throw new AppError('not_found', 'No restored backup waits for a decision.')
  }

  async function forget(): Promise<void> {
    await settings.put('account', RESTORED_SETTING, null)
    restored = null
  }

  return {
    show: () => restored,

    decide: (held) =>
      inTurn('decide', async () => {
        const { endpointIds } = required()
        const decided: Decided = { endpoints: 0, deliveries: await decideBare(deps, held) }
        for (const id of endpointIds) {
          const endpoint = registry.endpoints.get(id)
          // One that a person resumed or deleted meanwhile is theirs.
          if (endpoint?.pausedReason !== 'manual') continue
          try {
            const { count } = await endpoints.resume(endpoint, held)
            decided.endpoints += 1
            decided.deliveries += count
          } catch (error) {
            // One that may not go on now stays paused, for a person to resume; the others do not wait for it.
            if (!(error instanceof AppError)) throw error
          }
        }
        await forget()
        return decided
      }),

    async dismiss() {
      required()
      await forget()
    },
  }
}

/** Deliveries to a plain URL, which no endpoint holds; answers how many. */
async function decideBare(deps: RestoredDeps, held: 'release' | 'discard'): Promise<number> {
  const { deliveries, clock } = deps
  let count = 0
  for (const { id: projectId } of deps.registry.projects.values()) {
    for (const { id, nextTrigger } of await heldWithoutEndpoint(deps, projectId)) {
      const now = clock.now()
      const moved =
        held === 'release'
          ? await deliveries.bringForward({ deliveryId: id, from: ['held'], trigger: nextTrigger, now })
          : await deliveries.cancel({ deliveryId: id, now })
      if (!moved) continue
      count += 1
      if (held === 'release') deps.onScheduled([moved])
    }
  }
  return count
}

async function heldWithoutEndpoint(
  { deliveries }: RestoredDeps,
  projectId: Delivery['projectId'],
): Promise<Delivery[]> {
  const found: Delivery[] = []
  const query = { projectId, eventId: null, endpointId: null, replayId: null, states: ['held'] as const, limit: PAGE }
  for (let cursor: string | null = null, isMore = true; isMore; isMore = cursor !== null) {
    const page = await deliveries.list({ ...query, cursor })
    found.push(...page.items.filter(({ endpointId }) => endpointId === null))
    cursor = page.nextCursor
  }
  return found
}
