import type { Database } from 'better-sqlite3'
import type { RevealResult, RevealStep, RevealTry, SecretFacts, SecretUse, VaultStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'

const ENDPOINT = `(SELECT key FROM endpoints WHERE id = @endpointId)`

const FACTS = `
  SELECT f.name, f.owner, f.last_used_at AS lastUsedAt FROM secret_facts f
  WHERE f.endpoint_key = ${ENDPOINT}
    AND EXISTS (SELECT 1 FROM secrets s WHERE s.endpoint_key = f.endpoint_key AND s.name = f.name)
  ORDER BY f.name`

/** Only of a secret that is there. */
const NEW_FACTS = `
  INSERT INTO secret_facts (project_key, endpoint_key, name)
  SELECT DISTINCT project_key, endpoint_key, name FROM secrets WHERE endpoint_key = ${ENDPOINT} AND name = @name
  ON CONFLICT DO NOTHING`

const SET_OWNER = `UPDATE secret_facts SET owner = @owner WHERE endpoint_key = ${ENDPOINT} AND name = @name`

const NOTE_USE = `
  UPDATE secret_facts SET last_used_at = max(coalesce(last_used_at, @at), @at)
  WHERE endpoint_key = ${ENDPOINT} AND name = @name`

const LATEST_TRY = `SELECT max(at) FROM secret_reveals WHERE endpoint_id = @endpointId`

const REVEALED_BEFORE = `
  SELECT at, by_name AS name, by_kind AS kind, by_key_id AS keyId, by_address AS address
  FROM secret_reveals WHERE secret_id = ? AND outcome = 'revealed'`

const RECENT = `
  SELECT count(*) AS count, min(at) AS earliest FROM secret_reveals
  WHERE endpoint_id = @endpointId AND outcome = 'revealed' AND at > @after`

const RECORD = `
  INSERT INTO secret_reveals (secret_id, endpoint_id, name, version, at, by_name, by_kind, by_key_id, by_address, outcome)
  VALUES (@secretId, @endpointId, @name, @version, @at, @byName, @byKind, @byKeyId, @byAddress, @outcome)`

const REVEALS = `
  SELECT r.secret_id AS secretId, r.endpoint_id AS endpointId, r.name, r.version, r.at, r.by_name AS byName,
    r.by_kind AS byKind, r.by_key_id AS byKeyId, r.by_address AS byAddress, r.outcome
  FROM secret_reveals r WHERE r.endpoint_id = @endpointId`

interface RevealRow extends Omit<RevealTry, 'by'> {
  byName: string
  byKind: RevealTry['by']['kind']
  byKeyId: string | null
  byAddress: string | null
}

type Named = { endpointId: string; name: string }

export function createVaultStore({ db, read, write }: Connection): VaultStore {
  const facts = db.prepare<{ endpointId: string }, SecretFacts>(FACTS)
  const newFacts = db.prepare<Named>(NEW_FACTS)
  const setOwner = db.prepare<Named & { owner: string | null }>(SET_OWNER)
  const noteUse = db.prepare<SecretUse>(NOTE_USE)
  const record = db.prepare<RevealRow>(RECORD)
  const newest = db.prepare<{ endpointId: string; limit: number }, RevealRow>(
    `${REVEALS} ORDER BY r.key DESC LIMIT @limit`,
  )
  const granted = db.prepare<{ endpointId: string }, RevealRow>(`${REVEALS} AND r.outcome = 'revealed'`)
  const reveal = prepareReveal(db)

  return {
    facts: (endpointId) => read(() => facts.all({ endpointId })),

    setOwner: (step) =>
      write(() => {
        newFacts.run(step)
        setOwner.run(step)
      }),

    noteUses: (uses) =>
      write(() => {
        for (const use of uses) {
          newFacts.run(use)
          noteUse.run(use)
        }
      }),

    reveal: (step) => write(() => reveal(step)),

    recordTry: (tried) => write(() => void record.run(toRow(tried))),
    reveals: (query) => read(() => newest.all(query).map(toTry)),
    revealed: (endpointId) =>
      read(
        () =>
          new Map(
            granted
              .all({ endpointId })
              .map(toTry)
              .map((it) => [it.secretId, { at: it.at, by: it.by }]),
          ),
      ),
  }
}

/** Decides about one reveal and records the try. Run it inside a write. */
export function prepareReveal(db: Database): (step: RevealStep) => RevealResult {
  const decide = prepareDecide(db)
  const record = db.prepare<RevealRow>(RECORD)
  return (step) => {
    const { at, result } = decide(step)
    record.run(toRow({ ...step.secret, at, by: step.by, outcome: result.outcome }))
    return result
  }
}

function prepareDecide(db: Database): (step: RevealStep) => { at: number; result: RevealResult } {
  const latestTry = db.prepare<{ endpointId: string }, number | null>(LATEST_TRY).pluck()
  const revealedBefore = db.prepare<[string], RevealTry['by'] & { at: number }>(REVEALED_BEFORE)
  const recent = db.prepare<{ endpointId: string; after: number }, { count: number; earliest: number }>(RECENT)
  return ({ secret: { secretId, endpointId }, now, most, withinMs }) => {
    const at = Math.max(now, latestTry.get({ endpointId }) ?? now)
    const before = revealedBefore.get(secretId)
    if (before) {
      const { at: then, ...by } = before
      return { at, result: { outcome: 'already_revealed', before: { at: then, by } } }
    }
    const { count, earliest } = recent.get({ endpointId, after: at - withinMs })!
    if (count >= most) return { at, result: { outcome: 'reveal_limit', nextAt: earliest + withinMs } }
    return { at, result: { outcome: 'revealed', at, left: most - count - 1 } }
  }
}

function toRow({ by, ...tried }: RevealTry): RevealRow {
  return { ...tried, byName: by.name, byKind: by.kind, byKeyId: by.keyId, byAddress: by.address }
}

function toTry({ byName, byKind, byKeyId, byAddress, ...tried }: RevealRow): RevealTry {
  return { ...tried, by: { name: byName, kind: byKind, keyId: byKeyId, address: byAddress } }
}
