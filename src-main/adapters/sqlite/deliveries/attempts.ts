import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Attempt } from '#shared/model/attempt.ts'
import type { AttemptId, DeliveryId } from '#shared/model/ids.ts'
import { toBytes } from '../bytes.ts'
import { prepareBodies } from '../events/bodies.ts'

/** An attempt as it is stored and read: its parts as JSON, the answer's body apart. */
type AttemptRow = Omit<Attempt, 'failure' | 'timings' | 'request' | 'response'> & {
  failure: string | null
  timings: string
  request: string | null
  response: string | null
  responseBody: Uint8Array | null
}

const ADD = `
  INSERT INTO attempts (id, project_key, delivery_key, endpoint_key, endpoint_version_key, number, trigger, outcome, started_at,
    finished_at, next_attempt_at, status, failure, failure_code, timings, total_ms, request, response, request_body_key,
    response_body)
  SELECT @id, d.project_key, d.key, d.endpoint_key, (SELECT key FROM endpoint_versions WHERE id = @endpointVersionId), @number, @trigger,
    @outcome, @startedAt, @finishedAt, @nextAttemptAt, @status, @failure, @failureCode, @timings, @totalMs, @request, @response,
    @requestBodyKey, @responseBody
  FROM deliveries d WHERE d.id = @deliveryId`

const LIST = `
  SELECT a.id, (SELECT id FROM projects WHERE key = a.project_key) AS projectId, d.id AS deliveryId,
    (SELECT id FROM events WHERE key = d.event_key) AS eventId,
    (SELECT id FROM endpoints WHERE key = d.endpoint_key) AS endpointId,
    (SELECT id FROM endpoint_versions WHERE key = a.endpoint_version_key) AS endpointVersionId, a.number, a.trigger,
    a.outcome, a.started_at AS startedAt, a.finished_at AS finishedAt, a.failure, a.timings, a.request, a.response,
    a.response_body AS responseBody, a.next_attempt_at AS nextAttemptAt
  FROM attempts a JOIN deliveries d ON d.key = a.delivery_key
  WHERE d.id = ?
  ORDER BY a.number`

const REQUEST_BODY_KEY = `SELECT request_body_key FROM attempts WHERE id = ?`

/** Stores one ended attempt with the bytes that it sent. Run it inside a write. */
export function prepareAddAttempt(db: Database): (attempt: Attempt, requestBody: Uint8Array | null) => void {
  const add = db.prepare<AttemptRow & Gist & { requestBodyKey: number | null }>(ADD)
  const bodies = prepareBodies(db)
  return (attempt, requestBody) => {
    const requestBodyKey = requestBody && bodies.keep(createHash('sha256').update(requestBody).digest(), requestBody)
    add.run({ ...toRow(attempt), ...gistOf(attempt), requestBodyKey })
  }
}

/** What is counted, in columns of its own. */
interface Gist {
  status: number | null
  failureCode: string | null
  totalMs: number
}

function gistOf({ response, failure, timings }: Attempt): Gist {
  return { status: response?.status ?? null, failureCode: failure?.code ?? null, totalMs: timings.totalMs }
}

export function prepareListAttempts(db: Database): (deliveryId: DeliveryId) => Attempt[] {
  const list = db.prepare<[string], AttemptRow>(LIST)
  return (deliveryId) => list.all(deliveryId).map(toAttempt)
}

export function prepareRequestBody(db: Database): (attemptId: AttemptId) => Uint8Array | null {
  const bodyKey = db.prepare<[string], number | null>(REQUEST_BODY_KEY).pluck()
  const bodies = prepareBodies(db)
  return (attemptId) => {
    const key = bodyKey.get(attemptId) ?? null
    return key === null ? null : bodies.read(key)
  }
}

function toRow({ failure, timings, request, response, ...attempt }: Attempt): AttemptRow {
  const { body: responseBody, ...head } = response ?? { body: null }
  return {
    ...attempt,
    failure: failure && JSON.stringify(failure),
    timings: JSON.stringify(timings),
    request: request && JSON.stringify(request),
    response: response && JSON.stringify(head),
    responseBody,
  }
}

/** Trusts what it reads: only `toRow` wrote it. */
function toAttempt({ failure, timings, request, response, responseBody, ...row }: AttemptRow): Attempt {
  return {
    ...row,
    failure: parsed<Attempt['failure']>(failure),
    timings: JSON.parse(timings) as Attempt['timings'],
    request: parsed<Attempt['request']>(request),
    response: response === null ? null : { ...JSON.parse(response), body: toBytes(responseBody!) },
  }
}

function parsed<T>(json: string | null): T | null {
  return json === null ? null : (JSON.parse(json) as T)
}
