import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Database from 'better-sqlite3'
import type { Endpoint } from '#shared/model/endpoint.ts'
import { Project } from '#shared/model/project.ts'
import { prepareListAttempts, prepareRequestBody } from '../deliveries/attempts.ts'
import { DELIVERY_COLUMNS, toDelivery, type DeliveryRow } from '../deliveries/delivery-row.ts'
import { toVersion, VERSION_COLUMNS, type VersionRow } from '../configuration/endpoint-row.ts'
import { PROJECT_COLUMNS } from '../configuration/project-store.ts'
import { prepareBodies } from '../events/bodies.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from '../events/event-row.ts'
import { REPLAY_COLUMNS, toReplay, type ReplayRow } from '../replays/replay-row.ts'
import {
  FINDINGS_COLUMNS,
  MESSAGE_JOIN,
  splitFindings,
  VERDICT_JOIN,
  type FindingsRow,
} from '../events/findings-row.ts'
import {
  ArchiveError,
  ARCHIVE_VERSION,
  countOf,
  NO_LINES,
  type ArchiveCounts,
  type ArchiveLine,
} from './archive-line.ts'
import { ARCHIVE_LIMITS, type ArchiveLimits } from './read-lines.ts'

const PROJECT = `SELECT key, ${PROJECT_COLUMNS} FROM projects WHERE slug = @ref OR id = @ref`
/** Deleted ones first: their slugs may be taken again by later ones. */
const SOURCES = `
  SELECT id, slug, name, provider, answer, public_url AS publicUrl, duplicates, body_limit_bytes AS bodyLimitBytes,
    allowed_origins AS allowedOrigins, created_at AS createdAt, deleted_at AS deletedAt
  FROM sources WHERE project_key = ? ORDER BY deleted_at IS NULL, key`
const ENDPOINTS = `
  SELECT key, id, state, paused_reason AS pausedReason, paused_at AS pausedAt,
    consecutive_failures AS consecutiveFailures, created_at AS createdAt, deleted_at AS deletedAt
  FROM endpoints WHERE project_key = ? ORDER BY key`
const VERSIONS = `
  SELECT ${VERSION_COLUMNS} FROM endpoint_versions v JOIN endpoints n ON n.key = v.endpoint_key
  WHERE v.endpoint_key = ? ORDER BY v.number`
const REPLAYS = `SELECT ${REPLAY_COLUMNS} FROM replays r WHERE r.project_key = ? ORDER BY r.key`
/** By key, one after the other: by an index of the project each would read and sort all of them. */
export const NEXT_EVENT = `
  SELECT ${EVENT_COLUMNS}, ${FINDINGS_COLUMNS}, e.key, e.body_key AS bodyKey, m.standing
  FROM events e NOT INDEXED ${VERDICT_JOIN} ${MESSAGE_JOIN}
  WHERE e.project_key = @projectKey AND e.key > @after ORDER BY e.key LIMIT 1`
const DELIVERIES = `SELECT ${DELIVERY_COLUMNS} FROM deliveries d WHERE d.event_key = ? ORDER BY d.key`

interface SourceRow {
  answer: string
  allowedOrigins: string
  deletedAt: number | null
}
type EndpointRow = Omit<Endpoint, 'version' | 'projectId'> & { key: number; deletedAt: number | null }
type FoundEvent = EventRow & FindingsRow & { key: number; bodyKey: number; standing: string | null }

/**
 * Writes a project of the database at `from` into a new archive, as it stands now, also while Hookloop runs on it. Throws
 * `ArchiveError` where there is no such project.
 */
export async function writeArchive(order: {
  from: string
  to: string
  project: string
  now: number
  limits?: ArchiveLimits
}): Promise<ArchiveCounts> {
  const db = new Database(order.from, { readonly: true, fileMustExist: true })
  const counts = { ...NO_LINES }
  const draft = `${order.to}.part`
  const { lineBytes, archiveBytes } = order.limits ?? ARCHIVE_LIMITS
  try {
    db.exec('BEGIN')
    const lines = linesOf(db, order)
    const texts = function* () {
      let writtenBytes = 0
      for (const line of lines) {
        const count = countOf(line.kind)
        if (count !== null) counts[count] += 1
        const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
        writtenBytes += bytes.length
        if (bytes.length > lineBytes) throw tooLong()
        if (writtenBytes > archiveBytes) throw tooLarge(archiveBytes)
        yield bytes
      }
      yield Buffer.from(`${JSON.stringify({ kind: 'end', counts } satisfies ArchiveLine)}\n`)
    }
    await pipeline(Readable.from(texts()), createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }))
    renameSync(draft, order.to)
    return counts
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  } finally {
    db.close()
  }
}

/** What no import would take is not written. */
function tooLong(): ArchiveError {
  return new ArchiveError(`An event is too large for an archive.`, 'Delete that event, or leave it out by retention.')
}

function tooLarge(limitBytes: number): ArchiveError {
  return new ArchiveError(
    `The archive would be larger than ${limitBytes} bytes, which no import takes.`,
    'Let the retention of the project take old events first, or make a backup instead.',
  )
}

function* linesOf(
  db: Database.Database,
  { project: ref, now }: { project: string; now: number },
): Generator<ArchiveLine> {
  const row = db.prepare<{ ref: string }, Project & { key: number }>(PROJECT).get({ ref })
  if (!row) throw new ArchiveError(`There is no project “${ref}”.`, 'Name one of its slugs with --project.')
  const { key, ...project } = row
  const exportedAt = new Date(now).toISOString()
  yield { kind: 'hookloop-archive', version: ARCHIVE_VERSION, exportedAt, project: Project.parse(project) }
  yield* configurationOf(db, { key, id: project.id })
  yield* eventsOf(db, key)
}

function* configurationOf(
  db: Database.Database,
  { key, id: projectId }: Pick<Project, 'id'> & { key: number },
): Generator<ArchiveLine> {
  for (const { answer, allowedOrigins, deletedAt, ...row } of db.prepare<[number], SourceRow>(SOURCES).all(key)) {
    const source = {
      ...row,
      projectId,
      answer: JSON.parse(answer),
      allowedOrigins: JSON.parse(allowedOrigins),
    } as never
    yield { kind: 'source', source, isDeleted: deletedAt !== null }
  }
  const versions = db.prepare<[number], VersionRow>(VERSIONS)
  for (const { key: endpointKey, deletedAt, ...row } of db.prepare<[number], EndpointRow>(ENDPOINTS).all(key)) {
    const endpoint = { ...row, projectId }
    yield {
      kind: 'endpoint',
      endpoint,
      versions: versions.all(endpointKey).map(toVersion),
      isDeleted: deletedAt !== null,
    }
  }
  for (const row of db.prepare<[number], ReplayRow>(REPLAYS).iterate(key)) {
    yield { kind: 'replay', replay: toReplay(row) }
  }
}

function* eventsOf(db: Database.Database, projectKey: number): Generator<ArchiveLine> {
  const next = db.prepare<{ projectKey: number; after: number }, FoundEvent>(NEXT_EVENT)
  const deliveries = db.prepare<[number], DeliveryRow>(DELIVERIES)
  const attempts = prepareListAttempts(db)
  const requestBody = prepareRequestBody(db)
  const bodies = prepareBodies(db)
  for (let found = next.get({ projectKey, after: 0 }); found; found = next.get({ projectKey, after: found.key })) {
    const { findings, rest } = splitFindings(found)
    const { key, bodyKey, standing, ...event } = rest
    const message = findings.messageId === null ? null : { id: findings.messageId, isProven: standing !== 'unproven' }
    const { verdict } = findings
    yield { kind: 'event', event: toEvent(event), verdict, message, bodyBase64: base64(bodies.read(bodyKey)) }
    for (const row of deliveries.all(key)) {
      const delivery = toDelivery(row)
      yield { kind: 'delivery', delivery }
      for (const { response, ...attempt } of attempts(delivery.id)) {
        const sent = requestBody(attempt.id)
        yield {
          kind: 'attempt',
          attempt: { ...attempt, response: response && withBase64(response) },
          requestBodyBase64: sent && base64(sent),
        }
      }
    }
  }
}

function withBase64<R extends { body: Uint8Array }>({ body, ...head }: R) {
  return { ...head, bodyBase64: base64(body) }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
