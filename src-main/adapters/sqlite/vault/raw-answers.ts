import type { Database } from 'better-sqlite3'
import type { AttemptId } from '#shared/model/ids.ts'
import type { KeptAnswer, RawAnswerStore, RevealTry } from '#main/engine/ports.ts'
import { toBytes } from '../bytes.ts'
import type { Connection } from '../connection.ts'
import { prepareReveal } from './vault-store.ts'

const ADD = `
  INSERT INTO raw_answers (attempt_key, project_key, sealed)
  SELECT key, project_key, @sealed FROM attempts WHERE id = @attemptId`

const GET = `
  SELECT a.id AS attemptId, (SELECT id FROM projects WHERE key = a.project_key) AS projectId, d.id AS deliveryId,
    (SELECT id FROM endpoints WHERE key = d.endpoint_key) AS endpointId, a.number, r.sealed
  FROM raw_answers r JOIN attempts a ON a.key = r.attempt_key JOIN deliveries d ON d.key = a.delivery_key
  WHERE a.id = ?`

const OF_DELIVERY = `
  SELECT a.id AS attemptId, v.at, v.by_name AS name, v.by_kind AS kind, v.by_key_id AS keyId, v.by_address AS address
  FROM deliveries d JOIN attempts a ON a.delivery_key = d.key JOIN raw_answers r ON r.attempt_key = a.key
    LEFT JOIN secret_reveals v ON v.secret_id = a.id AND v.outcome = 'revealed'
  WHERE d.id = ?`

const FORGET = `UPDATE raw_answers SET sealed = NULL WHERE attempt_key = (SELECT key FROM attempts WHERE id = ?)`

type StandingRow = { attemptId: AttemptId; at: number | null } & RevealTry['by']

/** Keeps the answer to an attempt that is stored. Run it inside the same write. */
export function prepareAddRawAnswer(db: Database): (attemptId: AttemptId, sealed: Uint8Array) => void {
  const add = db.prepare<{ attemptId: string; sealed: Uint8Array }>(ADD)
  return (attemptId, sealed) => void add.run({ attemptId, sealed })
}

export function createRawAnswerStore({ db, read, write }: Connection): RawAnswerStore {
  const get = db.prepare<[string], KeptAnswer>(GET)
  const ofDelivery = db.prepare<[string], StandingRow>(OF_DELIVERY)
  const forget = db.prepare<[string]>(FORGET)
  const reveal = prepareReveal(db)

  return {
    get: (attemptId) =>
      read(() => {
        const found = get.get(attemptId)
        return found ? { ...found, sealed: found.sealed && toBytes(found.sealed) } : null
      }),

    ofDelivery: (deliveryId) =>
      read(
        () =>
          new Map(
            ofDelivery.all(deliveryId).map(({ attemptId, at, ...by }) => [attemptId, at === null ? null : { at, by }]),
          ),
      ),

    reveal: (step) =>
      write(() => {
        const result = reveal(step)
        if (result.outcome === 'revealed') forget.run(step.secret.secretId)
        return result
      }),
  }
}
