import { z } from 'zod'
import { ApiKey } from '#shared/model/api-key.ts'
import { Scope } from '#shared/model/scope.ts'
import type { KeyStore, KeyUse, StoredKey } from '#main/engine/ports.ts'
import { toBytes } from '../bytes.ts'
import type { Connection } from '../connection.ts'

type Row = Omit<ApiKey, 'scopes'> & {
  scopes: string
  hash: Uint8Array
  previousPrefix: string | null
  previousHash: Uint8Array | null
}

const LIST = `
  SELECT k.id, k.name, k.owner, k.scopes, p.id AS projectId, k.prefix, k.hash, k.previous_prefix AS previousPrefix,
    k.previous_hash AS previousHash, k.previous_until AS previousUntil, k.expires_at AS expiresAt,
    k.quota_per_minute AS quotaPerMinute, k.created_at AS createdAt, k.created_by AS createdBy,
    k.rotated_at AS rotatedAt, k.last_used_at AS lastUsedAt, k.last_used_from AS lastUsedFrom,
    k.revoked_at AS revokedAt
  FROM api_keys k LEFT JOIN projects p ON p.key = k.project_key
  ORDER BY k.key`

const CREATE = `
  INSERT INTO api_keys (id, project_key, name, owner, scopes, prefix, hash, previous_prefix, previous_hash,
    previous_until, expires_at, quota_per_minute, created_at, created_by, rotated_at, last_used_at, last_used_from,
    revoked_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @name, @owner, @scopes, @prefix, @hash,
    @previousPrefix, @previousHash, @previousUntil, @expiresAt, @quotaPerMinute, @createdAt, @createdBy, @rotatedAt,
    @lastUsedAt, @lastUsedFrom, @revokedAt)`

const UPDATE = `
  UPDATE api_keys SET name = @name, owner = @owner, scopes = @scopes, prefix = @prefix, hash = @hash,
    previous_prefix = @previousPrefix, previous_hash = @previousHash, previous_until = @previousUntil,
    expires_at = @expiresAt, quota_per_minute = @quotaPerMinute, rotated_at = @rotatedAt, revoked_at = @revokedAt
  WHERE id = @id`

const USED = `
  UPDATE api_keys SET last_used_at = @at, last_used_from = @from
  WHERE id = @id AND coalesce(last_used_at, 0) <= @at`

const FORGET_REVOKED = `DELETE FROM api_keys WHERE revoked_at < ? RETURNING id`

const HASH_KEY = `SELECT sealed FROM api_key_hash_key`
const REPLACE_HASH_KEY = `UPDATE api_key_hash_key SET sealed = ? WHERE sealed = ?`
const KEEP_HASH_KEY = `INSERT INTO api_key_hash_key (key, sealed) VALUES (1, ?) ON CONFLICT DO NOTHING`

export function createKeyStore({ db, read, write }: Connection): KeyStore {
  const list = db.prepare<[], Row>(LIST)
  const create = db.prepare<Row>(CREATE)
  const update = db.prepare<Row>(UPDATE)
  const used = db.prepare<KeyUse>(USED)
  const forgetRevoked = db.prepare<[number], StoredKey['key']['id']>(FORGET_REVOKED).pluck()
  const hashKey = db.prepare<[], Uint8Array>(HASH_KEY).pluck()
  const keepHashKey = db.prepare<[Uint8Array]>(KEEP_HASH_KEY)
  const replaceHashKey = db.prepare<[Uint8Array, Uint8Array]>(REPLACE_HASH_KEY)

  function findHashKey(): Uint8Array | null {
    const sealed = hashKey.get()
    return sealed ? toBytes(sealed) : null
  }

  return {
    list: () => read(() => list.all().map(toStored)),
    create: (stored) => write(() => void create.run(toRow(stored))),
    update: (stored) => write(() => void update.run(toRow(stored))),
    forgetRevoked: (revokedBefore) => write(() => forgetRevoked.all(revokedBefore)),
    used: (uses) =>
      write(() => {
        for (const use of uses) used.run(use)
      }),
    hashKey: () => read(findHashKey),
    replaceHashKey: (from, to) => write(() => replaceHashKey.run(to, from).changes === 1),
    keepHashKey: (sealed) =>
      write(() => {
        keepHashKey.run(sealed)
        return findHashKey()!
      }),
  }
}

function toStored({ hash, previousPrefix, previousHash, scopes, ...row }: Row): StoredKey {
  // A scope that this version does not know gives nothing, and must not keep the program from starting.
  const known = z
    .array(z.string())
    .parse(JSON.parse(scopes))
    .filter((scope) => Scope.safeParse(scope).success)
  return {
    key: ApiKey.parse({ ...row, scopes: known }),
    hash: toBytes(hash),
    previous:
      previousPrefix === null || previousHash === null ? null : { prefix: previousPrefix, hash: toBytes(previousHash) },
  }
}

function toRow({ key: { scopes, ...key }, hash, previous }: StoredKey): Row {
  return {
    ...key,
    scopes: JSON.stringify(scopes),
    hash,
    previousPrefix: previous?.prefix ?? null,
    previousHash: previous?.hash ?? null,
  }
}
