import { toInstant } from '#shared/contract/base.ts'
import type { HealthView, LogEntryView, TestReportView } from '#shared/contract/operations/endpoint-operations.ts'
import type { SnapshotView } from '#shared/contract/operations/snapshots.ts'
import { explainFailure } from '#shared/model/failure-explanations.ts'
import type { Engine } from '../../../engine/engine.ts'
import type { LogEntry } from '../../../engine/ports.ts'

type Operations = Engine['operations']

export function toLogEntryView(entry: LogEntry): LogEntryView {
  const { failure, status, request, timings } = entry
  const context = { status, url: request?.url ?? null, timeoutMs: null, totalMs: timings.totalMs }
  return {
    id: entry.id,
    deliveryId: entry.deliveryId,
    eventId: entry.eventId,
    eventType: entry.eventType,
    endpointId: entry.endpointId,
    endpointVersionId: entry.endpointVersionId,
    number: entry.number,
    trigger: entry.trigger,
    outcome: entry.outcome,
    status,
    startedAt: toInstant(entry.startedAt),
    finishedAt: toInstant(entry.finishedAt),
    durationMs: timings.totalMs,
    url: request?.url ?? null,
    failure: failure && { ...failure, ...explainFailure(failure, context) },
    nextAttemptAt: toInstant(entry.nextAttemptAt),
    flagged: entry.flagged,
  }
}

export function toHealthView(health: Awaited<ReturnType<Operations['health']>>): HealthView {
  const { connectivity, filterSuppression } = health
  return {
    ...health,
    connectivity: { ...connectivity, last: connectivity.last && toLogEntryView(connectivity.last) },
    filterSuppression: { ...filterSuppression, since: toInstant(filterSuppression.since) },
  }
}

export function toTestReportView(report: Awaited<ReturnType<Operations['test']>>): TestReportView {
  const { passed, target, steps, eventType, request, delivery, attempt } = report
  return {
    passed,
    target,
    steps,
    eventType,
    request,
    status: attempt?.response?.status ?? null,
    deliveryId: delivery?.id ?? null,
    attemptId: attempt?.id ?? null,
  }
}

export function toSnapshotView(snapshot: Awaited<ReturnType<Operations['snapshots']['list']>>[number]): SnapshotView {
  const { version, before, changes, sameAs, isCurrent, mark } = snapshot
  const { test, review } = mark
  return {
    id: version.id,
    number: version.number,
    actor: version.actor,
    createdAt: toInstant(version.createdAt),
    isCurrent,
    sameAs,
    before,
    after: version.config,
    changes: changes.map((change) => ({ ...change })),
    test: test && { ...test, at: toInstant(test.at) },
    review: review && { ...review, at: toInstant(review.at) },
  }
}
