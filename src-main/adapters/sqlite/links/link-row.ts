import type { Database } from 'better-sqlite3'
import { Link } from '#shared/model/link/link.ts'

/** A link as it is stored and read. */
export type LinkRow = Omit<Link, 'start' | 'reports' | 'enabled'> & { start: string; reports: number; enabled: number }

export const LINK_COLUMNS = `
  o.id AS sourceId, p.id AS projectId, l.url, l.remote_project AS remoteProject,
  l.remote_source AS remoteSource, l.subscriber, l.group_name AS "group",
  l.filter, l.start, l.reports, l.enabled`

const ADD = `
  INSERT INTO links (source_key, project_key, url, remote_project, remote_source, subscriber, group_name, filter, start,
    reports, enabled)
  VALUES ((SELECT key FROM sources WHERE id = @sourceId), (SELECT key FROM projects WHERE id = @projectId), @url,
    @remoteProject, @remoteSource, @subscriber, @group, @filter, @start, @reports, @enabled)`

/** Run it inside a write. */
export function prepareAddLink(db: Database): (link: Link) => void {
  const add = db.prepare<LinkRow>(ADD)
  return (link) => void add.run(toLinkRow(link))
}

export function toLinkRow({ start, reports, enabled, ...link }: Link): LinkRow {
  return { ...link, start: JSON.stringify(start), reports: reports ? 1 : 0, enabled: enabled ? 1 : 0 }
}

export function toLink({ start, reports, enabled, ...row }: LinkRow): Link {
  return {
    ...row,
    start: Link.shape.start.parse(JSON.parse(start)),
    reports: reports === 1,
    enabled: enabled === 1,
  }
}
