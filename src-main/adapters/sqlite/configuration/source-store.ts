import { Answer, type Source } from '#shared/model/source.ts'
import type { SourceStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'

type SourceRow = Omit<Source, 'answer'> & { answer: string }

const LIST = `
  SELECT s.id, p.id AS projectId, s.slug, s.name, s.provider, s.answer, s.public_url AS publicUrl,
    s.body_limit_bytes AS bodyLimitBytes, s.created_at AS createdAt
  FROM sources s JOIN projects p ON p.key = s.project_key
  WHERE s.deleted_at IS NULL
  ORDER BY s.key`

const CREATE = `
  INSERT INTO sources (id, project_key, slug, name, provider, answer, public_url, body_limit_bytes, created_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @slug, @name, @provider, @answer, @publicUrl,
    @bodyLimitBytes, @createdAt)
  ON CONFLICT (slug) WHERE deleted_at IS NULL DO NOTHING`

const UPDATE = `
  UPDATE sources
  SET name = @name, provider = @provider, answer = @answer, public_url = @publicUrl, body_limit_bytes = @bodyLimitBytes
  WHERE id = @id AND deleted_at IS NULL`

const DELETE = `UPDATE sources SET deleted_at = @now WHERE id = @sourceId AND deleted_at IS NULL`

export function createSourceStore({ db, read, write }: Connection): SourceStore {
  const list = db.prepare<[], SourceRow>(LIST)
  const create = db.prepare<SourceRow>(CREATE)
  const update = db.prepare<SourceRow>(UPDATE)
  const remove = db.prepare<{ sourceId: string; now: number }>(DELETE)
  const toRow = (source: Source): SourceRow => ({ ...source, answer: JSON.stringify(source.answer) })

  return {
    list: () => read(() => list.all().map((row) => ({ ...row, answer: Answer.parse(JSON.parse(row.answer)) }))),
    create: (source) => write(() => create.run(toRow(source)).changes === 1),
    update: (source) => write(() => void update.run(toRow(source))),
    delete: (sourceId, now) => write(() => void remove.run({ sourceId, now })),
  }
}
