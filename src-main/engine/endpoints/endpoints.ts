import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint, EndpointConfig } from '#shared/model/endpoint.ts'
import type { Change, EndpointsApi, EndpointUpdate } from '../engine.ts'
import type { Policy } from '#shared/model/policy.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Feed } from '../feed.ts'
import type { AddressGuard, Clock, DeliveryStore, EndpointStore, Ids, SealedSecret, SecretStore } from '../ports.ts'
import { ofProject, type Registry } from '../registry.ts'
import type { Transformations } from '../transformation/transformations.ts'
import { createTurns } from '../turns.ts'
import { createActiveLimit, standingOf, type ActiveLimit } from './active-limit.ts'
import { withoutTokens } from '../delivery/request/url-template.ts'
import { credentialNames } from '../integrations/integration-types.ts'
import { refuseDrops } from '../operations/drops.ts'
import { blankConfig, changedConfig, checkTargetUrl, signerOf, type ConfigRules } from './endpoint-config.ts'
import type { EndpointSecrets, PlannedSecrets } from './named-secrets.ts'
import { restorable, type Restored } from './restorable.ts'
import type { SigningSecrets } from './signing-secrets.ts'

export interface EndpointsDeps {
  store: EndpointStore
  secretStore: SecretStore
  deliveries: Pick<DeliveryStore, 'countWaiting'>
  registry: Registry
  clock: Clock
  ids: Ids
  guard: AddressGuard
  changes: Feed<Change>
  signingSecrets: SigningSecrets
  namedSecrets: EndpointSecrets
  transformations: Pick<Transformations, 'check'>
  catalog: Pick<Catalog, 'provider'>
  /** Called when held deliveries of an endpoint were released. */
  onReleased(endpointId: Endpoint['id'], now: number): void
}

export function createEndpoints(deps: EndpointsDeps): EndpointsApi {
  const { store, registry, clock, ids, namedSecrets } = deps
  const limit = createActiveLimit(registry)
  const state = createStateChanges(deps, limit)
  /** Changes of one endpoint: each makes the next version of what the one before left. */
  const inTurn = createTurns()

  const rules = (
    projectId: Endpoint['projectId'],
    { names }: Pick<PlannedSecrets, 'names'>,
    kind: EndpointConfig['kind'] = null,
  ): ConfigRules => ({
    hasProvider: (provider) => deps.catalog.provider(projectId, provider) !== null,
    guard: deps.guard,
    // An integration is kept before its credentials are known; what is missing fails each delivery before it is sent.
    secretNames: kind === null ? names : new Set([...names, ...credentialNames(kind)]),
    checkTransformation: deps.transformations.check,
  })

  async function create(
    ...[projectId, input, actor]: Parameters<EndpointsApi['create']>
  ): Promise<{ endpoint: Endpoint; secret: string | null }> {
    const id = ids.next('end')
    const planned = await namedSecrets.plan({ id, projectId }, input.secrets ?? {})
    const config = changedConfig(blankConfig(), input, rules(projectId, planned, input.kind))
    const endpoint = newEndpoint(
      { id, projectId, config, actor: actor.name, paused: input.enabled === false },
      { ids, now: clock.now() },
    )
    const giveBack = limit.reserve(null, standingOf(endpoint))
    try {
      const signing = await deps.signingSecrets.create(endpoint, input.secret)
      await store.create(endpoint, [...(signing ? [signing.sealed] : []), ...planned.add])
      return { endpoint: state.keep(endpoint), secret: signing?.text ?? null }
    } finally {
      giveBack()
    }
  }

  async function save(endpoint: Endpoint, change: EndpointUpdate, actor: string): Promise<Endpoint> {
    const planned = await namedSecrets.plan(endpoint, change.secrets ?? {})
    const before = endpoint.version.config
    const config = changedConfig(before, change, rules(endpoint.projectId, planned, before.kind))
    if (change.confirm !== true) refuseDrops(before, config)
    await deps.signingSecrets.check(endpoint, config)
    // A change that there is no place for is refused as a whole, before a part of it is stored.
    const now = standingOf(state.latest(endpoint))
    const resumes = change.enabled === true && now.pausedReason === 'manual'
    const giveBack = limit.reserve(now, { ...now, config, state: resumes ? 'active' : now.state })
    try {
      await namedSecrets.store(endpoint, planned)
      const saved = await saveConfig(endpoint, config, { actor, scheduled: change.scheduled })
      await namedSecrets.discard(endpoint, planned)
      if (change.secrets !== undefined) state.keep(state.latest(saved))
      return await enable(state.latest(saved), change.enabled)
    } finally {
      giveBack()
    }
  }

  async function enable(endpoint: Endpoint, enabled: boolean | undefined): Promise<Endpoint> {
    if (enabled === false && mayPause(endpoint)) return (await state.pause(endpoint)).endpoint
    if (enabled === true && endpoint.pausedReason === 'manual')
      return (await state.resume(endpoint, 'release')).endpoint
    return endpoint
  }

  async function saveConfig(
    endpoint: Endpoint,
    config: EndpointConfig,
    { actor, scheduled }: { actor: string; scheduled: Policy['scheduled'] | undefined },
  ): Promise<Endpoint> {
    if (JSON.stringify(config) === JSON.stringify(endpoint.version.config)) return endpoint
    const number = endpoint.version.number + 1
    const version = { id: ids.next('ver'), endpointId: endpoint.id, number, config, actor, createdAt: clock.now() }
    const moved = config.url !== endpoint.version.config.url
    const pinWaiting = moved && (scheduled ?? config.policy.scheduled) === 'keep'
    const now = state.latest(endpoint)
    const giveBack = limit.reserve(standingOf(now), { ...standingOf(now), config })
    // Known before it is stored, so that no attempt meets a version that it cannot look up.
    if (pinWaiting) registry.pinnedVersions.set(endpoint.version.id, endpoint.version)
    try {
      await store.addVersion(version, { pinWaiting })
      return state.keep({ ...state.latest(endpoint), version })
    } finally {
      giveBack()
    }
  }

  async function restore(...[endpoint, wanted, options]: Parameters<EndpointsApi['restore']>): Promise<Restored> {
    const before = endpoint.version.config
    const { projectId } = endpoint
    const { config, notRestored } = await restorable(wanted, before, {
      names: (await namedSecrets.plan(endpoint, {})).names,
      hasProvider: (provider) => deps.catalog.provider(projectId, provider) !== null,
      canSign: (candidate) => deps.signingSecrets.check(endpoint, candidate),
    })
    checkTargetUrl(withoutTokens(config.url), 'url', deps.guard)
    if (!options.confirm) refuseDrops(before, config)
    const saved = await saveConfig(endpoint, config, { actor: options.actor.name, scheduled: undefined })
    return { endpoint: saved, notRestored }
  }

  function find(projectId: Endpoint['projectId'], id: string): Endpoint | null {
    const endpoint = registry.endpoints.get(id as Endpoint['id'])
    return endpoint?.projectId === projectId ? endpoint : null
  }

  function resolve(projectId: Endpoint['projectId'], id: string): Endpoint {
    const endpoint = find(projectId, id)
    if (endpoint) return endpoint
    throw new AppError('not_found', `There is no endpoint “${id}” in this project.`, {
      hint: 'GET /api/v1/endpoints lists them.',
    })
  }

  return {
    list: (projectId) => ofProject(registry.endpoints, projectId),
    signedBy: (endpoint) => signerOf(endpoint.version.config),
    waiting: (endpoint) => deps.deliveries.countWaiting(endpoint.id),
    secrets: (endpoint): Promise<readonly SealedSecret[]> => deps.secretStore.list(endpoint.id),
    create,

    find,

    resolve,

    update: (endpoint, change, actor) =>
      inTurn(endpoint.id, () => save(resolve(endpoint.projectId, endpoint.id), change, actor.name)),

    restore: (endpoint, wanted, options) =>
      inTurn(endpoint.id, () => restore(resolve(endpoint.projectId, endpoint.id), wanted, options)),

    async rotateSecret(endpoint, { overlapMs, secret }) {
      const rotated = await deps.signingSecrets.rotate(endpoint, { overlapMs, text: secret })
      state.keep(state.latest(endpoint))
      return { secret: rotated.text, previousUntil: rotated.previousUntil }
    },

    secretsChanged: (endpoint) => void state.keep(state.latest(endpoint)),

    async endOverlap(endpoint) {
      await deps.signingSecrets.endOverlap(endpoint)
      state.keep(state.latest(endpoint))
    },

    async delete(endpoint) {
      const canceled = await store.delete({ endpointId: endpoint.id, now: clock.now() })
      registry.endpoints.delete(endpoint.id)
      state.tell(endpoint)
      return { canceled }
    },

    pause: (endpoint) => {
      if (!mayPause(endpoint)) return Promise.resolve({ endpoint, held: 0 })
      return state.pause(endpoint)
    },

    resume: (endpoint, held) => {
      if (endpoint.state === 'paused') return state.resume(endpoint, held)
      throw new AppError('endpoint_active', `${endpoint.version.config.name} is not paused.`)
    },
  }
}

/** A pause by hand also ends the probing of one that its breaker paused. */
function mayPause({ state, pausedReason }: Endpoint): boolean {
  return state === 'active' || pausedReason === 'breaker'
}

function newEndpoint(
  input: Pick<Endpoint, 'id' | 'projectId'> & { config: EndpointConfig; actor: string; paused: boolean },
  { ids, now }: { ids: Ids; now: number },
): Endpoint {
  const { id } = input
  return {
    id,
    projectId: input.projectId,
    version: {
      id: ids.next('ver'),
      endpointId: id,
      number: 1,
      config: input.config,
      actor: input.actor,
      createdAt: now,
    },
    state: input.paused ? 'paused' : 'active',
    pausedReason: input.paused ? 'manual' : null,
    pausedAt: input.paused ? now : null,
    consecutiveFailures: 0,
    createdAt: now,
  }
}

/** Pausing and resuming: the store first, then the registry, then whoever watches. */
function createStateChanges({ store, registry, clock, changes, onReleased }: EndpointsDeps, limit: ActiveLimit) {
  function tell({ projectId, id }: Endpoint): void {
    changes.publish({ type: 'endpoint.changed', projectId, endpointId: id })
    changes.publish({ type: 'deliveries.changed', projectId })
  }

  function keep(endpoint: Endpoint): Endpoint {
    registry.endpoints.set(endpoint.id, endpoint)
    changes.publish({ type: 'endpoint.changed', projectId: endpoint.projectId, endpointId: endpoint.id })
    return endpoint
  }

  /** An attempt may have ended while the store was busy: what it noted stays. */
  const latest = (endpoint: Endpoint): Endpoint => registry.endpoints.get(endpoint.id) ?? endpoint

  return {
    keep,
    tell,
    latest,

    async pause(endpoint: Endpoint): Promise<{ endpoint: Endpoint; held: number }> {
      const now = clock.now()
      registry.endpoints.set(endpoint.id, {
        ...latest(endpoint),
        state: 'paused',
        pausedReason: 'manual',
        pausedAt: now,
      })
      try {
        const held = await store.pause({ endpointId: endpoint.id, reason: 'manual', now })
        tell(endpoint)
        return { endpoint: latest(endpoint), held }
      } catch (error) {
        registry.endpoints.set(endpoint.id, endpoint)
        throw error
      }
    },

    async resume(endpoint: Endpoint, held: 'release' | 'discard'): Promise<{ endpoint: Endpoint; count: number }> {
      const now = clock.now()
      const before = standingOf(latest(endpoint))
      const giveBack = limit.reserve(before, { ...before, state: 'active' })
      try {
        const count = await store.resume({ endpointId: endpoint.id, held, now })
        const active: Endpoint = {
          ...latest(endpoint),
          state: 'active',
          pausedReason: null,
          pausedAt: null,
          consecutiveFailures: 0,
        }
        registry.endpoints.set(endpoint.id, active)
        if (held === 'release' && count > 0) onReleased(endpoint.id, now)
        tell(active)
        return { endpoint: active, count }
      } finally {
        giveBack()
      }
    },
  }
}
