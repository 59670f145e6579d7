import type { SourceId } from '#shared/model/ids.ts'
import { Source, SourceAnswer } from '#shared/model/source.ts'
import type { SourceStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { prepareAddLink } from '../links/link-row.ts'
import { prepareSourceSecrets } from './source-secrets.ts'

type SourceRow = Omit<Source, 'answer' | 'allowedOrigins'> & { answer: string; allowedOrigins: string }

const LIST = `
  SELECT s.id, p.id AS projectId, s.slug, s.name, s.provider, s.answer, s.public_url AS publicUrl,
    s.duplicates, s.body_limit_bytes AS bodyLimitBytes, s.ingest_key AS ingestKey,
    s.allowed_origins AS allowedOrigins, s.created_at AS createdAt
  FROM sources s JOIN projects p ON p.key = s.project_key
  WHERE s.deleted_at IS NULL
  ORDER BY s.key`

const CREATE = `
  INSERT INTO sources (id, project_key, slug, name, provider, answer, public_url, duplicates, body_limit_bytes,
    ingest_key, allowed_origins, created_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @slug, @name, @provider, @answer, @publicUrl,
    @duplicates, @bodyLimitBytes, @ingestKey, @allowedOrigins, @createdAt)
  ON CONFLICT (slug) WHERE deleted_at IS NULL DO NOTHING`

const UPDATE = `
  UPDATE sources
  SET name = @name, provider = @provider, answer = @answer, public_url = @publicUrl, duplicates = @duplicates,
    body_limit_bytes = @bodyLimitBytes, ingest_key = @ingestKey, allowed_origins = @allowedOrigins
  WHERE id = @id AND deleted_at IS NULL`

const ANSWERS_GIVEN = `
  SELECT s.id, sum(c.given) AS given FROM script_steps c JOIN sources s ON s.key = c.source_key GROUP BY s.id`

const RESTART_SCRIPT = `DELETE FROM script_steps WHERE source_key = (SELECT key FROM sources WHERE id = ?)`

const SOURCE_KEY = `(SELECT key FROM sources WHERE id = ?)`
const FORGET_SUBSCRIPTIONS = `DELETE FROM subscriptions WHERE source_key = ${SOURCE_KEY}`
const FORGET_LINK = `DELETE FROM links WHERE source_key = ${SOURCE_KEY}`

const DELETE = `UPDATE sources SET deleted_at = @now WHERE id = @sourceId AND deleted_at IS NULL`

export function createSourceStore({ db, read, write }: Connection): SourceStore {
  const list = db.prepare<[], SourceRow>(LIST)
  const create = db.prepare<SourceRow>(CREATE)
  const update = db.prepare<SourceRow>(UPDATE)
  const answersGiven = db.prepare<[], { id: SourceId; given: number }>(ANSWERS_GIVEN)
  const restartScript = db.prepare<[string]>(RESTART_SCRIPT)
  const remove = db.prepare<{ sourceId: string; now: number }>(DELETE)
  const sealed = prepareSourceSecrets(db)
  const addLink = prepareAddLink(db)
  const forgets = [FORGET_SUBSCRIPTIONS, FORGET_LINK, RESTART_SCRIPT].map((sql) => db.prepare<[string]>(sql))

  return {
    list: () => read(() => list.all().map(toSource)),
    secrets: (sourceId) => read(() => sealed.list(sourceId)),
    answersGiven: () => read(() => new Map(answersGiven.all().map(({ id, given }) => [id, given]))),

    create: (source, secrets = [], link) =>
      write(() => {
        const isFree = create.run(toRow(source)).changes === 1
        if (isFree) sealed.add(secrets)
        if (isFree && link) addLink(link)
        return isFree
      }),

    update: (source, { secrets, restartsScript = false } = {}) =>
      write(() => {
        const isThere = update.run(toRow(source)).changes === 1
        if (restartsScript) restartScript.run(source.id)
        if (!isThere || !secrets) return
        sealed.remove(source.id)
        sealed.add(secrets)
      }),

    delete: (sourceId, now) =>
      write(() => {
        remove.run({ sourceId, now })
        for (const forget of forgets) forget.run(sourceId)
        sealed.remove(sourceId)
      }),
  }
}

function toRow(source: Source): SourceRow {
  return {
    ...source,
    answer: JSON.stringify(source.answer),
    allowedOrigins: JSON.stringify(source.allowedOrigins),
  }
}

function toSource(row: SourceRow): Source {
  return {
    ...row,
    answer: SourceAnswer.parse(JSON.parse(row.answer)),
    allowedOrigins: Source.shape.allowedOrigins.parse(JSON.parse(row.allowedOrigins)),
  }
}
