import type { Delivery } from '#shared/model/delivery.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Change, EndpointsApi } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { AddressGuard, Clock, Ids, Log, Random, Store } from '../ports.ts'
import type { Registry } from '../registry.ts'
import { createRunner, type Runner } from './run/runner.ts'
import { createScheduler, type Scheduler } from './schedule/scheduler.ts'
import { createWorkflows, type Workflows } from './workflows.ts'
import type { WorkflowsApi } from './workflows-api.ts'

export interface WiredWorkflows {
  api: WorkflowsApi
  runner: Runner
  /** Schedules were changed elsewhere. */
  rescheduled(): void
  /** Takes up open runs and what came due meanwhile; call it once deliveries go out. */
  start(): Promise<void>
  /** The machine slept. */
  resume(): void
  stop(): Promise<void>
}

export function wireWorkflows(deps: {
  store: Pick<Store, 'workflows' | 'deliveries'>
  registry: Registry
  catalog: Pick<Catalog, 'resolve'>
  endpoints: Pick<EndpointsApi, 'find'>
  guard: AddressGuard
  clock: Clock
  ids: Ids
  random: Random
  log: Log
  changes: Feed<Change>
  /** Whether what a restore brought back waits for a decision: until then nothing starts by schedule. */
  isUndecided(): boolean
  onScheduled(deliveries: readonly Delivery[]): void
}): WiredWorkflows {
  const shared = { ...deps, store: deps.store.workflows }
  const runner = createRunner({ ...shared, deliveries: deps.store.deliveries })
  const workflows: Workflows = createWorkflows({ ...shared, runner, onRescheduled: () => scheduler.look() })
  const scheduler: Scheduler = createScheduler({
    ...shared,
    workflows: deps.registry.workflows,
    startRun: workflows.startScheduled,
    noteSeen: workflows.noteSeen,
  })
  return {
    api: workflows,
    runner,
    rescheduled: () => scheduler.look(),
    async start() {
      await runner.start()
      scheduler.start()
    },
    resume: () => scheduler.look(),
    async stop() {
      await scheduler.stop()
      await runner.stop()
    },
  }
}
