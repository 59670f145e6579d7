import { createHash } from 'node:crypto'
import type { Alert, AlertRule } from '#shared/model/alert.ts'
import { NO_TIMINGS, type Attempt } from '#shared/model/attempt.ts'
import type { BulkRetry, DeadLetterFilter } from '#shared/model/bulk-retry.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Policy } from '#shared/model/policy.ts'
import type { Project } from '#shared/model/project.ts'
import type { Replay } from '#shared/model/replay.ts'
import { DEFAULT_ANSWER, type Source } from '#shared/model/source.ts'
import type { ClaimedDelivery } from '#main/engine/ports.ts'
import { createFakeIds } from '#test/support/fake-ids.ts'

/** When the tests' world begins. */
export const NOW = Date.UTC(2026, 0, 2, 12)
export const ids = createFakeIds({ now: () => NOW })

export const POLICY: Policy = {
  preset: 'standard',
  timeoutMs: 15_000,
  success: '2xx',
  schedule: { kind: 'list', waitsMs: [5_000], repeat: null, jitter: 0 },
  clientErrors: { stop: true, except: [408, 425, 429] },
  redirects: 'retry',
  stop: { statuses: [], headers: [] },
  networkErrors: 'retry',
  invalidAnswers: 'retry',
  expectedContentType: null,
  retryAfter: { honour: true, capMs: 86_400_000 },
  goneAction: 'pause',
  breaker: { consecutiveFailures: 20, probeAfterMs: null },
  concurrency: 10,
  ratePerSecond: null,
  ordered: false,
  bodyLimitBytes: null,
  encoding: 'raw',
  scheduled: 'follow',
  notifyOnFailure: false,
  responseLimitBytes: 65_536,
  provider: 'standard-webhooks',
  manualRetryMs: null,
}

export function newSource(projectId: ProjectId, change: Partial<Source> = {}): Source {
  return {
    id: ids.next('src'),
    projectId,
    slug: 'inbox',
    name: 'Inbox',
    provider: null,
    answer: DEFAULT_ANSWER,
    publicUrl: null,
    duplicates: 'keep',
    bodyLimitBytes: 1_000_000,
    ingestKey: `ing_${ids.next('src')}`,
    allowedOrigins: ['*'],
    createdAt: NOW,
    ...change,
  }
}

export function newEndpoint(projectId: ProjectId, change: Partial<Endpoint> = {}): Endpoint {
  const id = ids.next('end')
  const config = {
    name: 'Orders',
    url: 'http://127.0.0.1:9/hook',
    eventTypes: ['*'],
    headers: [['X-Team', 'a']] as [string, string][],
    policy: POLICY,
    provider: null,
    method: null,
    condition: null,
    transformation: null,
    testMode: false,
    tls: { verify: true, ca: null },
    forwardPath: false,
    owner: null,
    kind: null,
    settings: {},
    escalation: null,
    watchHours: 24,
    role: null,
  }
  return {
    id,
    projectId,
    version: { id: ids.next('ver'), endpointId: id, number: 1, config, actor: 'tests', createdAt: NOW },
    state: 'active',
    pausedReason: null,
    pausedAt: null,
    consecutiveFailures: 0,
    createdAt: NOW,
    ...change,
  }
}

export function newEvent(projectId: ProjectId, body: Uint8Array, change: Partial<EventRecord> = {}): EventRecord {
  return {
    id: ids.next('evt'),
    projectId,
    sourceId: null,
    type: 'order.created',
    provider: null,
    origin: 'captured',
    editedFrom: null,
    capture: 'complete',
    captureNote: null,
    receivedAt: NOW,
    method: 'POST',
    path: '/in/inbox',
    query: null,
    httpVersion: '1.1',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Dup', '1'],
      ['x-dup', '2'],
    ],
    contentType: 'application/json',
    bodySha256: createHash('sha256').update(body).digest('hex'),
    bodySizeBytes: body.length,
    trailers: [],
    declaredSizeBytes: null,
    remoteAddress: '127.0.0.1',
    hops: 0,
    ...change,
  }
}

export function newDelivery(event: EventRecord, change: Partial<Delivery> = {}): Delivery {
  return {
    id: ids.next('dlv'),
    projectId: event.projectId,
    eventId: event.id,
    eventType: event.type,
    endpointId: null,
    targetUrl: null,
    replayId: null,
    resign: true,
    sender: null,
    state: 'scheduled',
    dueAt: NOW,
    nextTrigger: 'automatic',
    tries: 0,
    attempts: 0,
    lastStatus: null,
    lastFailure: null,
    pinnedVersionId: null,
    createdAt: Math.max(NOW, event.receivedAt),
    updatedAt: NOW,
    ...change,
  }
}

export function newReplay(projectId: ProjectId, change: Partial<Replay> = {}): Replay {
  return {
    id: ids.next('rpl'),
    projectId,
    actor: 'tests',
    selection: { eventIds: [] },
    target: { takers: true },
    resign: true,
    editedEventId: null,
    ratePerSecond: null,
    state: 'running',
    isCounted: true,
    total: 0,
    made: 0,
    leftOut: {},
    createdAt: NOW,
    finishedAt: null,
    ...change,
  }
}

/** How an attempt of a claimed delivery may have ended. */
export function newAttempt(
  { delivery, attemptId, number, trigger }: ClaimedDelivery,
  change: Partial<Attempt> = {},
): Attempt {
  return {
    id: attemptId,
    projectId: delivery.projectId,
    deliveryId: delivery.id,
    eventId: delivery.eventId,
    endpointId: delivery.endpointId,
    endpointVersionId: null,
    number,
    trigger,
    outcome: 'failed',
    startedAt: NOW,
    finishedAt: NOW + 30,
    request: { method: 'POST', url: 'http://127.0.0.1:9/hook', headers: [['Host', '127.0.0.1:9']], bodySizeBytes: 2 },
    response: {
      status: 500,
      headers: [['Content-Length', '3']],
      body: Uint8Array.of(0, 255, 10),
      truncated: false,
      remoteAddress: '127.0.0.1',
    },
    failure: { code: 'server_error', phase: 'headers', detail: '500' },
    timings: { ...NO_TIMINGS, connectMs: 1.5, totalMs: 30 },
    nextAttemptAt: null,
    ...change,
  }
}

/** Of whatever project the world has. */
type InProject = { project: Pick<Project, 'id'> }

export function newRule({ project }: InProject, change: Partial<AlertRule> = {}): AlertRule {
  return {
    id: ids.next('alr'),
    projectId: project.id,
    name: 'Orders',
    kind: 'success_rate',
    threshold: 95,
    windowMinutes: 15,
    minSample: 10,
    endpointId: null,
    enabled: true,
    notifyEndpointId: null,
    state: 'ok',
    stateSince: NOW,
    createdAt: NOW,
    updatedAt: NOW,
    ...change,
  }
}

export function newAlert(rule: AlertRule, change: Partial<Alert> = {}): Alert {
  const { projectId, name, kind, threshold, windowMinutes, minSample, endpointId } = rule
  return {
    id: ids.next('alt'),
    projectId,
    ruleId: rule.id,
    name,
    kind,
    threshold,
    windowMinutes,
    minSample,
    endpointId,
    value: 80,
    sampleSize: 20,
    raisedAt: NOW,
    resolvedAt: null,
    resolvedBy: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    ...change,
  }
}

export const ANY_DEAD_LETTER: DeadLetterFilter = {
  endpointId: null,
  failure: null,
  failedSince: null,
  failedUntil: null,
}

export function newRetry({ project }: InProject, change: Partial<BulkRetry> = {}): BulkRetry {
  return {
    id: ids.next('rty'),
    projectId: project.id,
    actor: 'tests',
    selection: { filter: ANY_DEAD_LETTER },
    ratePerSecond: null,
    state: 'running',
    total: 0,
    retried: 0,
    refused: {},
    createdAt: NOW + 1_000,
    finishedAt: null,
    ...change,
  }
}
