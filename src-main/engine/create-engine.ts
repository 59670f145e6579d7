import type { Delivery } from '#shared/model/delivery.ts'
import type { Source } from '#shared/model/source.ts'
import { createAudit } from './audit/audit.ts'
import { createSystemRecorder, moveOf, sweepOf } from './audit/record-system.ts'
import { settleIntents } from './audit/settle-intents.ts'
import { sealedHashKey } from './access/key-hasher.ts'
import { createKeys } from './access/keys.ts'
import { createCatalog } from './catalog/catalog.ts'
import { createCatalogApi } from './catalog/create-catalog-api.ts'
import { createSenderSecrets } from './catalog/trigger/sender-secrets.ts'
import { createTrigger } from './catalog/trigger/trigger.ts'
import { createSigningDesk } from './catalog/signing-desk.ts'
import { createCredentialMap } from './credentials/credential-map.ts'
import { createAddressGuard } from './address-guard/address-guard.ts'
import { loadCallbackSettings } from './callbacks/callback-settings.ts'
import { createCallbacks } from './callbacks/callbacks.ts'
import { guardCallbackEndpoints } from './callbacks/guarded-endpoints.ts'
import { createCapture } from './capture/capture.ts'
import { loadCaptureAddresses } from './capture/arrival/capture-address.ts'
import { diagnoseEvent } from './capture/diagnose-event.ts'
import { createEvents } from './capture/events.ts'
import { wireLinks } from './links/wire-links.ts'
import { createSources } from './capture/sources.ts'
import { createSourceSecrets } from './capture/source-secrets.ts'
import { createAlerts } from './alerts/alerts.ts'
import { createRetryCheck } from './delivery/retry-check.ts'
import { createDeliveries } from './delivery/deliveries.ts'
import { createRawAnswers } from './delivery/masking/raw-answers.ts'
import { createDispatcher, type Dispatcher } from './delivery/dispatcher.ts'
import { publishDelivery, wake } from './delivery/dispatch/tell-deliveries.ts'
import { forecast } from './delivery/forecast/forecast.ts'
import { POLICY_PRESETS, resolvePolicy } from './delivery/policies.ts'
import { createEndpoints } from './endpoints/endpoints.ts'
import { createLinter } from './endpoints/lint/linter.ts'
import { createLaneDirectory } from './endpoints/lane-directory.ts'
import { createNamedSecrets } from './endpoints/named-secrets.ts'
import { withDeadCondition } from './endpoints/takes-event.ts'
import { createSigningSecrets } from './endpoints/signing-secrets.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { Change, Engine } from './engine.ts'
import { createIntegrations } from './integrations/integrations.ts'
import { createOperations } from './operations/operations.ts'
import { createExchange } from './exchange/exchange.ts'
import { wireConfiguration } from './configuration/wire-configuration.ts'
import { createSchemas } from './schemas/schemas.ts'
import { createGapFinder } from './gaps/gap-finder.ts'
import { createFeed } from './feed.ts'
import { createSavedFilters } from './filter/saved-filters.ts'
import { prepareFirstStart } from './projects/first-start.ts'
import { createProjects } from './projects/projects.ts'
import { loadRegistry } from './registry.ts'
import { wireBulkWork } from './runs/wire-bulk-work.ts'
import { createReplaySigners } from './replay/replay-signers.ts'
import { createKeeping } from './storage/keeping.ts'
import { createDataKeys } from './secrets/data-keys.ts'
import { createSecretKeeper } from './secrets/secret-keeper.ts'
import { createFigures } from './stats/figures.ts'
import { createStats } from './stats/endpoint-stats.ts'
import { createTransformations } from './transformation/transformations.ts'
import { wireWorkflows } from './workflows/wire-workflows.ts'
import { createVaultPart } from './vault/create-vault-part.ts'
import { createSecretUses } from './vault/secret-uses.ts'

export type { EngineDeps } from './engine-deps.ts'

/** The whole product on the given ports. It captures at once and delivers after `start()`. */
export async function createEngine(deps: EngineDeps): Promise<Engine> {
  const { store, clock, ids, random, log } = deps
  await prepareFirstStart(store, { clock, ids, random })
  await settleIntents({ store: store.audit, clock, log })
  const audit = createAudit({ store: store.audit, clock })
  const recordOwn = createSystemRecorder({ audit, log })
  const registry = await loadRegistry(store)
  for (const { id } of withDeadCondition(registry.endpoints.values())) {
    log.warn('The condition of an endpoint is not understood: it gets nothing until it is set anew', { endpoint: id })
  }
  const changes = createFeed<Change>()
  const guard = deps.guard ?? createAddressGuard({ mode: 'local', allow: [] })
  const catalog = createCatalog({ builtIn: deps.providers, registry })
  const shared = { registry, catalog, clock, ids, changes, guard }

  const { keyQuotaPerMinute = null } = deps
  const keys = await createKeys({ store: store.keys, vault: deps.vault, clock, ids, random, log, keyQuotaPerMinute })
  const underMaster = { keys: store.dataKeys, vault: deps.vault, random }
  const dataKeys = createDataKeys(underMaster)
  const keeper = createSecretKeeper(dataKeys)
  const uses = createSecretUses({ store: store.vault, clock, log })
  const signingSecrets = createSigningSecrets({ store: store.secrets, keeper, clock, ids, random, catalog })
  const sourceSecrets = createSourceSecrets({ store: store.sources, keeper, clock, ids, log, catalog })
  const namedSecrets = createNamedSecrets({ store: store.secrets, keeper, clock, ids })
  const sealed = { signingSecrets, namedSecrets, transformations: createTransformations(clock) }
  const rawAnswers = createRawAnswers({ store: store.rawAnswers, tries: store.vault, keeper, clock, log })
  const replaySigners = createReplaySigners({
    ...shared,
    store: store.replays,
    events: store.events,
    sourceSecrets,
    signingSecrets,
  })
  const directory = createLaneDirectory({
    registry,
    changes,
    catalog,
    ...sealed,
    senderSecrets: createSenderSecrets({ store: store.senders, keeper }),
    replaySigners,
    uses,
    rawAnswers,
    onNoted: (before, after) => recordOwn(moveOf(before, after)),
  })
  const dispatcher: Dispatcher = createDispatcher({
    deliveries: store.deliveries,
    events: store.events,
    transport: deps.transport,
    clock,
    ids,
    random,
    log,
    directory,
    publish: (change) => publishDelivery(changes, change),
  })
  const onScheduled = (deliveries: readonly Delivery[]) => wake(dispatcher, deliveries)

  const endpoints = createEndpoints({
    ...shared,
    store: store.endpoints,
    secretStore: store.secrets,
    deliveries: store.deliveries,
    ...sealed,
    onReleased: (endpointId) => dispatcher.drain(endpointId),
  })
  const callbackSettings = await loadCallbackSettings({
    store: store.settings,
    keeper,
    random,
    firstProject: () => registry.projects.keys().next().value!,
  })
  const callbacks = createCallbacks({ settings: callbackSettings, registry, endpoints, guard, log })
  /** What could not be set up is logged: a project, or a start, does not fail by it. */
  const settleCallbacks = () => callbacks.settle({ name: 'hookloop' }).catch(() => undefined)
  await settleCallbacks()
  const guarded = guardCallbackEndpoints(endpoints)
  const elsewhere = { textsElsewhere: callbackSettings.texts, keysElsewhere: () => sealedHashKey(store.keys) }
  const sealing = { ...underMaster, ...elsewhere, dataKeys, keeper }
  const vault = createVaultPart({ ...shared, ...sealing, store, uses, namedSecrets, endpoints: guarded, log })
  const addresses = await loadCaptureAddresses(store.settings, { random, isGuarded: deps.guardsCapture === true })
  const append = { ...shared, store: store.events, onScheduled }
  const events = createEvents(append)
  const sources = createSources({ ...shared, store: store.sources, secrets: sourceSecrets, random })
  const { subscriptions, links } = await wireLinks({ ...deps, ...shared, append, keeper, keyStands: keys.stands })
  const keep = async ({ id, projectId }: Source, secret: string) =>
    void (await sources.update(sources.resolve(projectId, id), { secrets: [secret] }))
  const signing = createSigningDesk(shared)
  const workflows = wireWorkflows({
    ...shared,
    store,
    endpoints,
    random,
    log,
    onScheduled,
    // Asked from the start on, when it is known what is kept.
    isUndecided: () => keeping.restored.show() !== null,
  })

  changes.subscribe((change) => {
    if (change.type === 'endpoint.changed') dispatcher.endpointChanged(change.endpointId)
    if (change.type === 'project.changed' && !registry.projects.has(change.projectId)) keys.forget(change.projectId)
  })

  const { files } = deps
  const { settings, retention: retentionStore } = store
  const waiting = { deliveries: store.deliveries, endpoints, onScheduled }
  const kept = { ...shared, ...waiting, files, log, settings, store: retentionStore }
  const keeping = await createKeeping({ ...kept, onSwept: (...swept) => recordOwn(sweepOf(...swept)) })
  const schemas = createSchemas({ ...shared, store: store.drift, events, bodies: store.events, log })
  const exchange = createExchange({ ...append, files: deps.exchangeFiles, events, kept: retentionStore, settings, log })
  const stats = createStats({ store: store.stats, figures: store.figures, deliveries: store.deliveries, clock })
  const figures = createFigures({ ...shared, store: store.figures, projects: () => registry.projects.keys(), log })
  const projects = createProjects({
    ...shared,
    random,
    store: store.projects,
    onWaitsChanged: () => dispatcher.refresh(),
    onCreated: settleCallbacks,
    deletion: keeping.deletion,
  })

  const check = createRetryCheck(shared)
  const deliveries = createDeliveries({ ...shared, check, store: store.deliveries, events: store.events, onScheduled })
  const sending = { ...shared, log, onScheduled }
  const bulk = wireBulkWork({ ...sending, store, events, endpoints, deliveries, check, random, signers: replaySigners })
  const alerts = await createAlerts({
    ...sending,
    store: store.alerts,
    stats: store.stats,
    endpoints: (projectId) => endpoints.list(projectId).map(({ id, version }) => ({ id, name: version.config.name })),
  })

  const configured = { ...sealed, store, builtIn: deps.providers, keeper, random, sourceSecrets, dispatcher, workflows }
  const endpointSecrets = signingSecrets.everOpened
  const diagnosis = { registry, desk: signing, sourceSecrets, endpointSecrets, body: events.body }

  return {
    capture: createCapture({ ...append, addresses, sourceSecrets, handshakeSecrets: { ...sourceSecrets, keep } }),
    projects,
    integrations: createIntegrations({ endpoints: guarded, projects, guard }),
    operations: createOperations({
      ...shared,
      store: store.operations,
      stats,
      events: store.events,
      deliveries: store.deliveries,
      versions: store.endpoints,
      endpoints: guarded,
      directory,
      onScheduled,
    }),
    keys,
    sources,
    subscriptions,
    links,
    endpoints: guarded,
    callbacks,
    events,
    savedFilters: createSavedFilters({ ...shared, store: store.settings }),
    deliveries,
    rawAnswers,
    deadLetters: bulk.deadLetters,
    replays: bulk.replays,
    readMarks: bulk.readMarks,
    clears: bulk.clears,
    alerts,
    workflows: workflows.api,
    configuration: wireConfiguration({ ...sending, ...configured }),
    vault: vault.api,
    gaps: createGapFinder({ catalog, events: store.events, runs: store.runs, clock }),
    stats,
    schemas,
    ...exchange.apis,
    backups: keeping.backups,
    restored: keeping.restored,
    retention: keeping.retention,
    storage: files,
    linter: createLinter({ registry, catalog, isWatched: alerts.watches }),
    signing,
    diagnose: (event) => diagnoseEvent(diagnosis, event),
    catalog: createCatalogApi({ ...shared, store: store.catalog, random }),
    policies: POLICY_PRESETS,
    forecast: ({ policy, scenario, timeScale }) =>
      forecast({ policy: resolvePolicy(policy), scenario, timeScale, eventAt: clock.now() }),
    trigger: createTrigger({
      ...shared,
      store: store.senders,
      endpoints,
      signingSecrets,
      keeper,
      random,
      onScheduled,
    }),
    audit,
    credentials: createCredentialMap({ keys, vault: vault.api, events: store.events, registry, clock }),
    changes,
    async start() {
      await Promise.all([exchange.start(), schemas.start()])
      await dispatcher.start()
      await bulk.start()
      alerts.start()
      figures.start()
      keeping.start()
      await workflows.start()
      await vault.start()
      links.start()
    },
    suspend: () => dispatcher.suspend(),
    resume() {
      dispatcher.resume()
      workflows.resume()
      links.resume()
    },
    async stop(graceMs) {
      await links.stop()
      await workflows.stop()
      await Promise.all([
        keeping.stop(),
        exchange.stop(),
        schemas.stop(),
        bulk.stop(),
        alerts.stop(),
        dispatcher.stop(graceMs),
      ])
      await figures.stop()
      await keys.stop()
      await vault.stop()
    },
  }
}
