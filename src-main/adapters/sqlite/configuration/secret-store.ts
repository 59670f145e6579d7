import type { SealedSecret, SecretStore } from '#main/engine/ports.ts'
import { toBytes } from '../bytes.ts'
import type { Connection } from '../connection.ts'

const SELECT = `
  SELECT s.id, p.id AS projectId, n.id AS endpointId, s.name, s.version, s.sealed, s.created_at AS createdAt,
    s.expires_at AS expiresAt
  FROM secrets s JOIN projects p ON p.key = s.project_key JOIN endpoints n ON n.key = s.endpoint_key`

const LIST = `${SELECT} WHERE n.id = ? ORDER BY s.version DESC, s.key`

const GET = `${SELECT} WHERE s.id = ?`

const ADD = `
  INSERT INTO secrets (id, project_key, endpoint_key, name, version, sealed, created_at, expires_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), (SELECT key FROM endpoints WHERE id = @endpointId),
    @name, @version, @sealed, @createdAt, @expiresAt)`

const REMOVE = `
  DELETE FROM secrets WHERE endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId) AND name = @name`

const FORGET = `
  DELETE FROM secret_facts
  WHERE endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId) AND name = @name
    AND NOT EXISTS (SELECT 1 FROM secrets s WHERE s.endpoint_key = secret_facts.endpoint_key AND s.name = @name)`

const EXPIRE = `
  UPDATE secrets SET expires_at = @expiresAt
  WHERE endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId) AND name = @name
    AND version < @version AND (expires_at IS NULL OR expires_at > @expiresAt)`

export function createSecretStore({ db, read, write }: Connection): SecretStore {
  const list = db.prepare<[string], SealedSecret>(LIST)
  const get = db.prepare<[string], SealedSecret>(GET)
  const add = db.prepare<SealedSecret>(ADD)
  const remove = db.prepare<{ endpointId: string; name: string }>(REMOVE)
  const expire = db.prepare<{ endpointId: string; name: string; version: number; expiresAt: number }>(EXPIRE)
  const forget = db.prepare<{ endpointId: string; name: string }>(FORGET)

  return {
    get: (secretId) =>
      read(() => {
        const secret = get.get(secretId)
        return secret ? withBytes(secret) : null
      }),
    list: (endpointId) => read(() => list.all(endpointId).map(withBytes)),
    change: ({ endpointId, add: added, remove: removed }) =>
      write(() => {
        for (const name of removed) remove.run({ endpointId, name })
        for (const secret of added) add.run(secret)
        for (const name of removed) forget.run({ endpointId, name })
      }),
    rotate: ({ add: added, ...step }) =>
      write(() => {
        expire.run(step)
        if (added) add.run(added)
      }),
  }
}

function withBytes(secret: SealedSecret): SealedSecret {
  return { ...secret, sealed: toBytes(secret.sealed) }
}
