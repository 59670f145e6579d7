import type { Database } from 'better-sqlite3'
import type { SealedSourceSecret } from '#main/engine/ports.ts'
import { toBytes } from '../bytes.ts'

const LIST = `
  SELECT x.id, p.id AS projectId, s.id AS sourceId, x.role, x.sealed, x.created_at AS createdAt
  FROM source_secrets x JOIN sources s ON s.key = x.source_key JOIN projects p ON p.key = x.project_key
  WHERE s.id = ?
  ORDER BY x.position`

const ADD = `
  INSERT INTO source_secrets (id, project_key, source_key, role, position, sealed, created_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), (SELECT key FROM sources WHERE id = @sourceId),
    @role, @position, @sealed, @createdAt)`

const REMOVE = `DELETE FROM source_secrets WHERE source_key = (SELECT key FROM sources WHERE id = ?)`

/** The sealed secrets of sources, each source's in its order. Run `add` and `remove` inside a write. */
export function prepareSourceSecrets(db: Database) {
  const list = db.prepare<[string], SealedSourceSecret>(LIST)
  const add = db.prepare<SealedSourceSecret & { position: number }>(ADD)
  const remove = db.prepare<[string]>(REMOVE)
  return {
    list: (sourceId: string) => list.all(sourceId).map((secret) => ({ ...secret, sealed: toBytes(secret.sealed) })),
    add(secrets: readonly SealedSourceSecret[]) {
      for (const [position, secret] of secrets.entries()) add.run({ ...secret, position })
    },
    remove: (sourceId: string) => void remove.run(sourceId),
  }
}
