import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Attempt } from '#shared/model/attempt.ts'
import type { AttemptId, DeliveryId } from '#shared/model/ids.ts'
import { toBytes } from '../bytes.ts'
import type { Conclusion } from '#main/engine/ports.ts'
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
    sent_event_body, response_body)
  VALUES (?, ?, ?, ?, (SELECT key FROM endpoint_versions WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const KEYS = `SELECT key, project_key AS projectKey, endpoint_key AS endpointKey FROM deliveries WHERE id = ?`

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

const REQUEST_BODY_KEY = `
  SELECT CASE a.sent_event_body WHEN 1 THEN (
      SELECT e.body_key FROM deliveries d JOIN events e ON e.key = d.event_key WHERE d.key = a.delivery_key)
    ELSE a.request_body_key END
  FROM attempts a WHERE a.id = ?`

/** The keys of the delivery that an attempt belongs to. */
interface DeliveryKeys {
  key: number
  projectKey: number
  endpointKey: number | null
}

interface Ended extends Pick<Conclusion, 'requestBody'> {
  attempt: Attempt
  /** In place of the attempt's own. */
  nextAttemptAt: number | null
}

/** Stores one ended attempt of the delivery with the bytes that it sent. Run it inside a write. */
export function prepareInsertAttempt(db: Database): (of: DeliveryKeys, ended: Ended) => void {
  const add = db.prepare<unknown[]>(ADD)
  const bodies = prepareBodies(db)
  const keep = (body: Uint8Array) => bodies.keep(createHash('sha256').update(body).digest(), body)
  return ({ key, projectKey, endpointKey }, { attempt, nextAttemptAt, requestBody }) => {
    const { failure, timings, request, response } = attempt
    const { body: responseBody, ...head } = response ?? { body: null }
    const sentEventBody = requestBody === 'of event'
    add.run(
      attempt.id,
      projectKey,
      key,
      endpointKey,
      attempt.endpointVersionId,
      attempt.number,
      attempt.trigger,
      attempt.outcome,
      attempt.startedAt,
      attempt.finishedAt,
      nextAttemptAt,
      response?.status ?? null,
      failure && JSON.stringify(failure),
      failure?.code ?? null,
      JSON.stringify(timings),
      timings.totalMs,
      request && JSON.stringify(request),
      response && JSON.stringify(head),
      sentEventBody || requestBody === null ? null : keep(requestBody),
      Number(sentEventBody),
      responseBody,
    )
  }
}

/** The same for one that is stored already. Run it inside a write. */
export function prepareAddAttempt(db: Database): (attempt: Attempt, requestBody: Uint8Array | null) => void {
  const keys = db.prepare<[string], DeliveryKeys>(KEYS)
  const insert = prepareInsertAttempt(db)
  return (attempt, requestBody) => {
    const of = keys.get(attempt.deliveryId)
    if (of) insert(of, { attempt, nextAttemptAt: attempt.nextAttemptAt, requestBody })
  }
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

/** Trusts what it reads: only `prepareInsertAttempt` wrote it. */
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
