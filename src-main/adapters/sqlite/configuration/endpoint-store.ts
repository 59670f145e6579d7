import type { Endpoint, EndpointVersion } from '#shared/model/endpoint.ts'
import type { EndpointStore, SealedSecret } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { prepareMoveAll } from '../deliveries/move-all.ts'
import {
  ENDPOINT_COLUMNS,
  toEndpoint,
  toVersion,
  VERSION_COLUMNS,
  type EndpointRow,
  type VersionRow,
} from './endpoint-row.ts'

const LIST = `
  SELECT ${ENDPOINT_COLUMNS}
  FROM endpoints n JOIN projects p ON p.key = n.project_key JOIN endpoint_versions v ON v.key = n.version_key
  WHERE n.deleted_at IS NULL
  ORDER BY n.key`

const VERSION = `
  SELECT ${VERSION_COLUMNS} FROM endpoint_versions v JOIN endpoints n ON n.key = v.endpoint_key WHERE v.id = ?`

const VERSIONS = `
  SELECT ${VERSION_COLUMNS} FROM endpoint_versions v JOIN endpoints n ON n.key = v.endpoint_key
  WHERE n.id = ?
  ORDER BY v.number DESC`

const PINNED_VERSIONS = `
  SELECT ${VERSION_COLUMNS} FROM endpoint_versions v JOIN endpoints n ON n.key = v.endpoint_key
  WHERE v.key IN (SELECT pinned_version_key FROM deliveries WHERE pinned_version_key IS NOT NULL)`

const CREATE = `
  INSERT INTO endpoints (id, project_key, state, paused_reason, paused_at, consecutive_failures, created_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @state, @pausedReason, @pausedAt,
    @consecutiveFailures, @createdAt)`

const ADD_VERSION = `
  INSERT INTO endpoint_versions (id, project_key, endpoint_key, number, config, actor, created_at)
  SELECT @id, n.project_key, n.key, @number, @config, @actor, @createdAt
  FROM endpoints n WHERE n.id = @endpointId AND n.deleted_at IS NULL`

const MAKE_CURRENT = `
  UPDATE endpoints SET version_key = (SELECT key FROM endpoint_versions WHERE id = @id) WHERE id = @endpointId`

const PIN_WAITING = `
  UPDATE deliveries SET pinned_version_key = (SELECT version_key FROM endpoints WHERE id = @endpointId)
  WHERE endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId)
    AND state IN ('scheduled', 'held', 'delivering') AND pinned_version_key IS NULL`

const ADD_SECRET = `
  INSERT INTO secrets (id, project_key, endpoint_key, name, version, sealed, created_at)
  SELECT @id, n.project_key, n.key, @name, @version, @sealed, @createdAt FROM endpoints n WHERE n.id = @endpointId`

const PAUSE = `
  UPDATE endpoints SET state = 'paused', paused_reason = @reason, paused_at = @now
  WHERE id = @endpointId AND deleted_at IS NULL
    AND (state = 'active' OR (paused_reason = 'breaker' AND @reason = 'manual'))`

const RESUME = `
  UPDATE endpoints SET state = 'active', paused_reason = NULL, paused_at = NULL, consecutive_failures = 0
  WHERE id = @endpointId AND deleted_at IS NULL`

const DELETE = `UPDATE endpoints SET deleted_at = @now WHERE id = @endpointId AND deleted_at IS NULL`

const DELETE_SECRETS = `DELETE FROM secrets WHERE endpoint_key = (SELECT key FROM endpoints WHERE id = ?)`

export function createEndpointStore({ db, read, write }: Connection): EndpointStore {
  const list = db.prepare<[], EndpointRow>(LIST)
  const version = db.prepare<[string], VersionRow>(VERSION)
  const versions = db.prepare<[string], VersionRow>(VERSIONS)
  const pinnedVersions = db.prepare<[], VersionRow>(PINNED_VERSIONS)
  const create = db.prepare<Omit<Endpoint, 'version'>>(CREATE)
  const addSecret = db.prepare<SealedSecret>(ADD_SECRET)
  const pause = db.prepare<{ endpointId: string; reason: string; now: number }>(PAUSE)
  const resume = db.prepare<{ endpointId: string }>(RESUME)
  const remove = db.prepare<{ endpointId: string; now: number }>(DELETE)
  const removeSecrets = db.prepare<[string]>(DELETE_SECRETS)
  const addVersion = prepareAddVersion(db)
  const moveAll = prepareMoveAll(db)

  return {
    list: () => read(() => list.all().map(toEndpoint)),
    pinnedVersions: () => read(() => pinnedVersions.all().map(toVersion)),
    versions: (endpointId) => read(() => versions.all(endpointId).map(toVersion)),
    addVersion: (added, options) => write(() => addVersion(added, options)),

    version: (versionId) =>
      read(() => {
        const row = version.get(versionId)
        return row ? toVersion(row) : null
      }),

    create: ({ version: first, ...endpoint }, secrets) =>
      write(() => {
        create.run(endpoint)
        addVersion(first)
        for (const secret of secrets) addSecret.run(secret)
      }),

    pause: ({ endpointId, reason, now }) =>
      write(() => {
        if (pause.run({ endpointId, reason, now }).changes === 0) return 0
        return moveAll.hold({ endpointId, now })
      }),

    resume: ({ endpointId, held, now }) =>
      write(() => {
        if (resume.run({ endpointId }).changes === 0) return 0
        return held === 'release' ? moveAll.release({ endpointId, now }) : moveAll.discard({ endpointId, now })
      }),

    delete: ({ endpointId, now }) =>
      write(() => {
        remove.run({ endpointId, now })
        removeSecrets.run(endpointId)
        return moveAll.cancel({ endpointId, now })
      }),
  }
}

function prepareAddVersion(
  db: Connection['db'],
): (version: EndpointVersion, options?: { pinWaiting: boolean }) => void {
  const add = db.prepare<VersionRow>(ADD_VERSION)
  const makeCurrent = db.prepare<{ id: string; endpointId: string }>(MAKE_CURRENT)
  const pinWaiting = db.prepare<{ endpointId: string }>(PIN_WAITING)
  return (version, options) => {
    if (options?.pinWaiting) pinWaiting.run({ endpointId: version.endpointId })
    const added = add.run({ ...version, config: JSON.stringify(version.config) }).changes === 1
    if (!added) throw new Error(`${version.endpointId} takes no new version: it was deleted`)
    makeCurrent.run({ id: version.id, endpointId: version.endpointId })
  }
}
