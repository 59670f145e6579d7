import type { Project } from '#shared/model/project.ts'
import type { ProjectStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'

/** A project as it is read. */
export const PROJECT_COLUMNS = `
  id, site_id AS siteId, slug, name, time_scale AS timeScale, notification_url AS notificationUrl,
  active_endpoint_limit AS activeEndpointLimit, secret_max_age_days AS secretMaxAgeDays, created_at AS createdAt`

const LIST = `SELECT ${PROJECT_COLUMNS} FROM projects ORDER BY key`

const CREATE = `
  INSERT INTO projects (id, site_id, slug, name, time_scale, notification_url, active_endpoint_limit,
    secret_max_age_days, created_at)
  VALUES (@id, @siteId, @slug, @name, @timeScale, @notificationUrl, @activeEndpointLimit,
    @secretMaxAgeDays, @createdAt)
  ON CONFLICT DO NOTHING`

const UPDATE = `
  UPDATE projects
  SET name = @name, notification_url = @notificationUrl, active_endpoint_limit = @activeEndpointLimit,
    secret_max_age_days = @secretMaxAgeDays
  WHERE id = @id`

const STRETCH = `
  UPDATE deliveries
  SET due_at = @now + CAST(round((due_at - @now) * (SELECT time_scale FROM projects WHERE id = @projectId) / @timeScale) AS INTEGER)
  WHERE project_key = (SELECT key FROM projects WHERE id = @projectId) AND state = 'scheduled' AND due_at > @now`

const SET_SCALE = `UPDATE projects SET time_scale = @timeScale WHERE id = @projectId`

export function createProjectStore({ db, read, write }: Connection): ProjectStore {
  const list = db.prepare<[], Project>(LIST)
  const create = db.prepare<Project>(CREATE)
  const update =
    db.prepare<Pick<Project, 'id' | 'name' | 'notificationUrl' | 'activeEndpointLimit' | 'secretMaxAgeDays'>>(UPDATE)
  const stretch = db.prepare<{ projectId: string; timeScale: number; now: number }>(STRETCH)
  const setScale = db.prepare<{ projectId: string; timeScale: number }>(SET_SCALE)

  return {
    list: () => read(() => list.all()),
    create: (project) => write(() => create.run(project).changes === 1),
    update: ({ id, name, notificationUrl, activeEndpointLimit, secretMaxAgeDays }) =>
      write(() => void update.run({ id, name, notificationUrl, activeEndpointLimit, secretMaxAgeDays })),
    setTimeScale: (step) =>
      write(() => {
        stretch.run(step)
        setScale.run(step)
      }),
  }
}
