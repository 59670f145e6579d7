import type { SealedSecret, SecretStore } from '#main/engine/ports.ts'
import { toBytes } from '../bytes.ts'
import type { Connection } from '../connection.ts'

const LIST = `
  SELECT s.id, p.id AS projectId, n.id AS endpointId, s.name, s.version, s.sealed, s.created_at AS createdAt,
    s.expires_at AS expiresAt
  FROM secrets s JOIN projects p ON p.key = s.project_key JOIN endpoints n ON n.key = s.endpoint_key
  WHERE n.id = ?
  ORDER BY s.version DESC, s.key`

const DATA_KEY = `
  SELECT sealed FROM data_keys WHERE project_key = (SELECT key FROM projects WHERE id = ?)`

const KEEP_DATA_KEY = `
  INSERT INTO data_keys (project_key, sealed)
  VALUES ((SELECT key FROM projects WHERE id = @projectId), @sealedKey)
  ON CONFLICT DO NOTHING`

const ADD = `
  INSERT INTO secrets (id, project_key, endpoint_key, name, version, sealed, created_at, expires_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), (SELECT key FROM endpoints WHERE id = @endpointId),
    @name, @version, @sealed, @createdAt, @expiresAt)`

const REMOVE = `
  DELETE FROM secrets WHERE endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId) AND name = @name`

const EXPIRE = `
  UPDATE secrets SET expires_at = @expiresAt
  WHERE endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId) AND name = @name
    AND version < @version AND (expires_at IS NULL OR expires_at > @expiresAt)`

export function createSecretStore({ db, read, write }: Connection): SecretStore {
  const list = db.prepare<[string], SealedSecret>(LIST)
  const add = db.prepare<SealedSecret>(ADD)
  const remove = db.prepare<{ endpointId: string; name: string }>(REMOVE)
  const expire = db.prepare<{ endpointId: string; name: string; version: number; expiresAt: number }>(EXPIRE)
  const dataKey = db.prepare<[string], Uint8Array>(DATA_KEY).pluck()
  const keepDataKey = db.prepare<{ projectId: string; sealedKey: Uint8Array }>(KEEP_DATA_KEY)

  function findDataKey(projectId: string): Uint8Array | null {
    const sealed = dataKey.get(projectId)
    return sealed ? toBytes(sealed) : null
  }

  return {
    list: (endpointId) =>
      read(() => list.all(endpointId).map((secret) => ({ ...secret, sealed: toBytes(secret.sealed) }))),
    change: ({ endpointId, add: added, remove: removed }) =>
      write(() => {
        for (const name of removed) remove.run({ endpointId, name })
        for (const secret of added) add.run(secret)
      }),
    rotate: ({ add: added, ...step }) =>
      write(() => {
        expire.run(step)
        if (added) add.run(added)
      }),
    dataKey: (projectId) => read(() => findDataKey(projectId)),
    keepDataKey: (projectId, sealedKey) =>
      write(() => {
        keepDataKey.run({ projectId, sealedKey })
        return findDataKey(projectId)!
      }),
  }
}
