import { Answer, type Source } from '#shared/model/source.ts'
import type { SealedSourceSecret, SourceStore } from '#main/engine/ports.ts'
import { toBytes } from '../bytes.ts'
import type { Connection } from '../connection.ts'

type SourceRow = Omit<Source, 'answer'> & { answer: string }

const LIST = `
  SELECT s.id, p.id AS projectId, s.slug, s.name, s.provider, s.answer, s.public_url AS publicUrl,
    s.duplicates, s.body_limit_bytes AS bodyLimitBytes, s.created_at AS createdAt
  FROM sources s JOIN projects p ON p.key = s.project_key
  WHERE s.deleted_at IS NULL
  ORDER BY s.key`

const CREATE = `
  INSERT INTO sources (id, project_key, slug, name, provider, answer, public_url, duplicates, body_limit_bytes,
    created_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @slug, @name, @provider, @answer, @publicUrl,
    @duplicates, @bodyLimitBytes, @createdAt)
  ON CONFLICT (slug) WHERE deleted_at IS NULL DO NOTHING`

const UPDATE = `
  UPDATE sources
  SET name = @name, provider = @provider, answer = @answer, public_url = @publicUrl, duplicates = @duplicates,
    body_limit_bytes = @bodyLimitBytes
  WHERE id = @id AND deleted_at IS NULL`

const DELETE = `UPDATE sources SET deleted_at = @now WHERE id = @sourceId AND deleted_at IS NULL`

const LIST_SECRETS = `
  SELECT x.id, p.id AS projectId, s.id AS sourceId, x.sealed, x.created_at AS createdAt
  FROM source_secrets x JOIN sources s ON s.key = x.source_key JOIN projects p ON p.key = x.project_key
  WHERE s.id = ?
  ORDER BY x.position`

const ADD_SECRET = `
  INSERT INTO source_secrets (id, project_key, source_key, position, sealed, created_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), (SELECT key FROM sources WHERE id = @sourceId),
    @position, @sealed, @createdAt)`

const REMOVE_SECRETS = `DELETE FROM source_secrets WHERE source_key = (SELECT key FROM sources WHERE id = ?)`

export function createSourceStore({ db, read, write }: Connection): SourceStore {
  const list = db.prepare<[], SourceRow>(LIST)
  const create = db.prepare<SourceRow>(CREATE)
  const update = db.prepare<SourceRow>(UPDATE)
  const remove = db.prepare<{ sourceId: string; now: number }>(DELETE)
  const listSecrets = db.prepare<[string], SealedSourceSecret>(LIST_SECRETS)
  const addSecret = db.prepare<SealedSourceSecret & { position: number }>(ADD_SECRET)
  const removeSecrets = db.prepare<[string]>(REMOVE_SECRETS)
  const toRow = (source: Source): SourceRow => ({ ...source, answer: JSON.stringify(source.answer) })
  const addSecrets = (secrets: readonly SealedSourceSecret[]) => {
    for (const [position, secret] of secrets.entries()) addSecret.run({ ...secret, position })
  }

  return {
    list: () => read(() => list.all().map((row) => ({ ...row, answer: Answer.parse(JSON.parse(row.answer)) }))),
    secrets: (sourceId) =>
      read(() => listSecrets.all(sourceId).map((secret) => ({ ...secret, sealed: toBytes(secret.sealed) }))),

    create: (source, secrets = []) =>
      write(() => {
        const isFree = create.run(toRow(source)).changes === 1
        if (isFree) addSecrets(secrets)
        return isFree
      }),

    update: (source, secrets) =>
      write(() => {
        const isThere = update.run(toRow(source)).changes === 1
        if (!isThere || !secrets) return
        removeSecrets.run(source.id)
        addSecrets(secrets)
      }),

    delete: (sourceId, now) =>
      write(() => {
        remove.run({ sourceId, now })
        removeSecrets.run(sourceId)
      }),
  }
}
