import type { DataKeyStore, SealedDataKey, SealedText, TextKind } from '#main/engine/ports.ts'
import { toBytes } from '../bytes.ts'
import type { Connection } from '../connection.ts'

const PROJECT = `(SELECT key FROM projects WHERE id = @projectId)`

const LIST = `
  SELECT p.id AS projectId, k.number, k.sealed FROM data_keys k JOIN projects p ON p.key = k.project_key
  WHERE p.id = ?
  ORDER BY k.number DESC`

const KEEP = `
  INSERT INTO data_keys (project_key, number, sealed) VALUES (${PROJECT}, @number, @sealed) ON CONFLICT DO NOTHING`

const REPLACE = `
  UPDATE data_keys SET sealed = @to WHERE project_key = ${PROJECT} AND number = @number AND sealed = @sealed`

const DROP = `DELETE FROM data_keys WHERE project_key = ${PROJECT} AND number = @number`

const TEXTS: Readonly<Record<TextKind, string>> = {
  endpoint: `
    SELECT s.key AS position, s.id, @projectId AS projectId, n.id AS endpointId, s.name, s.version, s.sealed,
      s.created_at AS createdAt, s.expires_at AS expiresAt
    FROM secrets s JOIN endpoints n ON n.key = s.endpoint_key
    WHERE s.project_key = ${PROJECT} AND s.key > @after ORDER BY s.key LIMIT @limit`,
  source: `
    SELECT x.key AS position, x.id, @projectId AS projectId, s.id AS sourceId, x.role, x.sealed,
      x.created_at AS createdAt
    FROM source_secrets x JOIN sources s ON s.key = x.source_key
    WHERE x.project_key = ${PROJECT} AND x.key > @after ORDER BY x.key LIMIT @limit`,
  sender: `
    SELECT key AS position, id AS senderId, @projectId AS projectId, sealed FROM senders
    WHERE project_key = ${PROJECT} AND sealed IS NOT NULL AND key > @after ORDER BY key LIMIT @limit`,
  answer: `
    SELECT r.attempt_key AS position, a.id AS attemptId, @projectId AS projectId, r.sealed
    FROM raw_answers r JOIN attempts a ON a.key = r.attempt_key
    WHERE r.project_key = ${PROJECT} AND r.sealed IS NOT NULL AND r.attempt_key > @after
    ORDER BY r.attempt_key LIMIT @limit`,
}

const RESEAL: Readonly<Record<TextKind, string>> = {
  endpoint: `UPDATE secrets SET sealed = @to WHERE id = @id AND version = @version AND sealed = @sealed`,
  source: `UPDATE source_secrets SET sealed = @to WHERE id = @id AND sealed = @sealed`,
  sender: `UPDATE senders SET sealed = @to WHERE id = @senderId AND sealed = @sealed`,
  answer: `
    UPDATE raw_answers SET sealed = @to
    WHERE attempt_key = (SELECT key FROM attempts WHERE id = @attemptId) AND sealed = @sealed`,
}

type Place = Pick<SealedDataKey, 'projectId' | 'number'>
type TextRow = SealedText & { position: number }

export function createDataKeyStore({ db, read, write }: Connection): DataKeyStore {
  const list = db.prepare<[string], SealedDataKey>(LIST)
  const keep = db.prepare<SealedDataKey>(KEEP)
  const replace = db.prepare<SealedDataKey & { to: Uint8Array }>(REPLACE)
  const drop = db.prepare<Place>(DROP)
  const ofEachKind = <T>(of: (kind: TextKind) => T): Record<TextKind, T> => ({
    endpoint: of('endpoint'),
    source: of('source'),
    sender: of('sender'),
    answer: of('answer'),
  })
  const texts = ofEachKind((kind) =>
    db.prepare<{ projectId: string; after: number; limit: number }, TextRow>(TEXTS[kind]),
  )
  const reseal = ofEachKind((kind) => db.prepare<Readonly<Record<string, unknown>>>(RESEAL[kind]))

  function keysOf(projectId: string): SealedDataKey[] {
    return list.all(projectId).map((key) => ({ ...key, sealed: toBytes(key.sealed) }))
  }

  return {
    list: (projectId) => read(() => keysOf(projectId)),
    keep: (key) =>
      write(() => {
        keep.run(key)
        return keysOf(key.projectId).find(({ number }) => number === key.number)!
      }),
    replace: (key, to) => write(() => replace.run({ ...key, to }).changes === 1),
    drop: ({ projectId, number }) => write(() => void drop.run({ projectId, number })),
    texts: ({ kind, ...query }) =>
      read(() =>
        texts[kind].all(query).map(({ position, ...text }) => ({
          position,
          text: { ...text, sealed: toBytes(text.sealed) } as SealedText,
        })),
      ),
    reseal: (text, to) => write(() => reseal[kindOf(text)].run({ ...text, to }).changes === 1),
  }
}

function kindOf(text: SealedText): TextKind {
  if ('attemptId' in text) return 'answer'
  if ('senderId' in text) return 'sender'
  return 'sourceId' in text ? 'source' : 'endpoint'
}
