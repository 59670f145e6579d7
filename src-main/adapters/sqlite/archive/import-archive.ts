import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { Project } from '#shared/model/project.ts'
import type { Replay } from '#shared/model/replay.ts'
import type { Store } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { prepareAddAttempt } from '../deliveries/attempts.ts'
import { prepareInsertDelivery } from '../deliveries/add-deliveries.ts'
import { prepareAppendEvent } from '../events/append-event.ts'
import { createLocalReader } from '../reading/reader.ts'
import { createMoveCounts } from '../writing/move-counts.ts'
import { createLocalSearcher } from '../search/searcher.ts'
import { createSqliteStore } from '../sqlite-store.ts'
import {
  ArchiveError,
  ARCHIVE_VERSION,
  countOf,
  NO_LINES,
  type ArchiveCounts,
  type ArchiveLine,
} from './archive-line.ts'
import { readLines } from './read-lines.ts'

export interface ImportOrder {
  from: string
  now: number
  /** Gives each source the key under which pages ingest: an archive carries none. */
  newIngestKey(): string
}

export interface Imported {
  project: string
  counts: ArchiveCounts
}

type LineOf<K extends ArchiveLine['kind']> = Extract<ArchiveLine, { kind: K }>

/**
 * Takes an archive into the open database: with the same ids, all of it or, where anything is wrong, nothing. Its endpoints
 * come paused and its deliveries that are not final held. Throws `ArchiveError`.
 */
export async function importArchive(db: Database.Database, order: ImportOrder): Promise<Imported> {
  db.exec('BEGIN IMMEDIATE')
  try {
    const imported = await takeLines(db, order)
    db.exec('COMMIT')
    return imported
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw misfit(error, 'Something in the archive')
  }
}

async function takeLines(db: Database.Database, order: ImportOrder): Promise<Imported> {
  const take = prepareTake(db, order)
  const counts = { ...NO_LINES }
  let project: Project | null = null
  let isEnded = false
  for await (const { number, line } of readLines(order.from)) {
    if (isEnded) throw new ArchiveError(`Line ${number} comes after the end.`, 'The file was changed.')
    if ((project === null) !== (line.kind === 'hookloop-archive')) {
      throw new ArchiveError(
        `Line ${number} stands in the wrong place.`,
        'An archive begins with its head, and has one.',
      )
    }
    if (line.kind === 'hookloop-archive') project = line.project
    if (line.kind === 'end') isEnded = checkEnd(line, counts)
    const count = countOf(line.kind)
    if (count !== null) counts[count] += 1
    await take(line, project!.id).catch((error: unknown) => {
      throw misfit(error, `Line ${number}`)
    })
  }
  if (!isEnded || project === null)
    throw new ArchiveError('The archive has no end.', 'Export it again: this file is not whole.')
  return { project: project.slug, counts }
}

function checkEnd({ counts: told }: LineOf<'end'>, counts: ArchiveCounts): true {
  if (JSON.stringify(told) === JSON.stringify(counts)) return true
  throw new ArchiveError('Lines are missing: the archive tells of more than it holds.', 'Export it again.')
}

/** What the database itself refuses: an id that is there already, or what belongs to nothing. */
function misfit(error: unknown, what: string): unknown {
  if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_CONSTRAINT')) return error
  return new ArchiveError(
    `${what} does not fit: what it names is there already, or what it belongs to is not there.`,
    'Import each archive once, into an installation that does not have its project.',
    { cause: error },
  )
}

/** What is there of each replay: its earlier deliveries may have gone with their events. */
const COUNT_MADE = `
  UPDATE replays SET made = there.count, total = max(total, there.count)
  FROM (SELECT r.key, (SELECT count(*) FROM deliveries WHERE replay_key = r.key) AS count FROM replays r) there
  WHERE there.key = replays.key AND project_key = (SELECT key FROM projects WHERE id = ?)`

function prepareTake(db: Database.Database, { now, newIngestKey }: ImportOrder) {
  const store = createSqliteStore(atOnce(db))
  const appendEvent = prepareAppendEvent(db)
  const insertDelivery = prepareInsertDelivery(db)
  const addAttempt = prepareAddAttempt(db)
  const countMade = db.prepare<[string]>(COUNT_MADE)
  const receivedAt = db.prepare<[string], number>('SELECT received_at FROM events WHERE id = ?').pluck()

  return async (line: ArchiveLine, projectId: Project['id']): Promise<void> => {
    switch (line.kind) {
      case 'hookloop-archive':
        return makeProject(store, line)
      case 'source':
        checkProject(line.source, projectId)
        return makeSource(store, line, { now, ingestKey: newIngestKey() })
      case 'endpoint':
        checkProject(line.endpoint, projectId)
        return makeEndpoint(store, line, now)
      case 'replay':
        checkProject(line.replay, projectId)
        return void (await store.replays.create(ended(line.replay, now), [], null))
      case 'event':
        checkProject(line.event, projectId)
        return void appendEvent({ ...entryOf(line), deliveries: [], idempotency: null })
      case 'delivery':
        checkProject(line.delivery, projectId)
        return insertDelivery(held(line, receivedAt.get(line.delivery.eventId)))
      case 'attempt':
        checkProject(line.attempt, projectId)
        return addAttempt(attemptOf(line), line.requestBodyBase64 === null ? null : bytes(line.requestBodyBase64))
      case 'end':
        return void countMade.run(projectId)
    }
  }
}

/** Everything in the one transaction that is open. */
function atOnce(db: Database.Database): Connection {
  const now = async <T>(work: () => T): Promise<T> => work()
  const [searcher, reader] = [createLocalSearcher(db), createLocalReader(db)]
  return {
    db,
    read: now,
    readApart: reader.read,
    write: now,
    moves: createMoveCounts(db),
    searcher,
    close: async () => {},
  }
}

function checkProject({ projectId }: { projectId: Project['id'] }, expected: Project['id']): void {
  if (projectId === expected) return
  throw new ArchiveError('The archive mixes projects.', 'It is not one that Hookloop wrote.')
}

/** An empty project of the same slug, such as the one of a first start, gives way. */
async function makeProject(store: Store, { version, project }: LineOf<'hookloop-archive'>): Promise<void> {
  if (version !== ARCHIVE_VERSION) {
    throw new ArchiveError(
      `The archive has version ${version}; this program reads ${ARCHIVE_VERSION}.`,
      'Update Hookloop.',
    )
  }
  const taken = (await store.projects.list()).find(({ slug, id }) => slug === project.slug || id === project.id)
  if (taken) {
    const endpoints = (await store.endpoints.list()).filter(({ projectId }) => projectId === taken.id)
    if (taken.id === project.id || endpoints.length > 0 || (await store.events.count(taken.id)) > 0) {
      throw new ArchiveError(
        `There is a project “${taken.slug}” already.`,
        'Import into an installation that does not have it, or delete it first.',
      )
    }
    await store.retention.deleteProject(taken.id)
  }
  if (await store.projects.create(project)) return
  throw new ArchiveError(`A project with the site id ${project.siteId} is there already.`, 'Delete that one first.')
}

async function makeSource(
  store: Store,
  { source, isDeleted }: LineOf<'source'>,
  { now, ingestKey }: { now: number; ingestKey: string },
): Promise<void> {
  if (!(await store.sources.create({ ...source, ingestKey }))) {
    throw new ArchiveError(`A source “${source.slug}” is there already.`, 'Delete that one first: slugs are unique.')
  }
  if (isDeleted) await store.sources.delete(source.id, now)
}

async function makeEndpoint(
  store: Store,
  { endpoint, versions, isDeleted }: LineOf<'endpoint'>,
  now: number,
): Promise<void> {
  const [first, ...later] = versions
  const paused: Endpoint = { ...endpoint, version: first!, state: 'paused', pausedReason: 'manual', pausedAt: now }
  await store.endpoints.create(paused, [])
  for (const version of later) await store.endpoints.addVersion(version, { pinWaiting: false })
  if (isDeleted) await store.endpoints.delete({ endpointId: endpoint.id, now })
}

function entryOf({ event, verdict, message, bodyBase64 }: LineOf<'event'>) {
  const body = bytes(bodyBase64)
  const isSame =
    body.length === event.bodySizeBytes && createHash('sha256').update(body).digest('hex') === event.bodySha256
  if (!isSame)
    throw new ArchiveError(`The body of ${event.id} is not the one that it should be.`, 'The file was changed.')
  const repeat = message?.isProven === false ? ('unproven' as const) : ('keep' as const)
  return { event, body, arrival: { verdict, message: message && { id: message.id, repeat } } }
}

/** One that ran elsewhere does not go on here. */
function ended(replay: LineOf<'replay'>['replay'], now: number): Replay {
  const isOver = replay.state === 'finished' || replay.state === 'canceled'
  return isOver ? replay : { ...replay, state: 'canceled', finishedAt: now }
}

/** Nothing that was on its way elsewhere is sent from here, before a person says so. */
function held({ delivery }: LineOf<'delivery'>, eventReceivedAt = delivery.createdAt) {
  const isWaiting = delivery.state === 'scheduled' || delivery.state === 'delivering'
  const state = isWaiting ? ('held' as const) : delivery.state
  const createdAt = Math.max(delivery.createdAt, eventReceivedAt)
  return { ...delivery, createdAt, state, dueAt: null, sender: null }
}

function attemptOf({ attempt: { response, ...attempt } }: LineOf<'attempt'>) {
  if (response === null) return { ...attempt, response }
  const { bodyBase64, ...head } = response
  return { ...attempt, response: { ...head, body: bytes(bodyBase64) } }
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64, 'base64'))
}
