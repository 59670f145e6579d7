import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { checkLocation } from '../../adapters/sqlite/opening/check-location.ts'
import { inspectFile } from '../../adapters/sqlite/opening/inspect-file.ts'
import { SCHEMA_VERSION } from '../../adapters/sqlite/opening/migrate.ts'
import { databaseFile } from '../database-file.ts'
import { type Finding, note, ok, wrong, wrongBy } from './finding.ts'

const GIB = 1024 ** 3
const MIB = 1024 ** 2
/** Below this a capture may soon fail; above the other one nobody needs to think of it. */
const LITTLE_ROOM_BYTES = 200 * MIB
const ENOUGH_ROOM_BYTES = 2 * GIB

/** The data directory, the room around it, and the database in it. Nothing is changed. */
export function checkData(dataDirectory: string): Finding[] {
  const folder = checkFolder(dataDirectory)
  return [folder, checkRoom(dataDirectory), ...(folder.state === 'wrong' ? [] : [checkDatabase(dataDirectory)])]
}

function checkFolder(path: string): Finding {
  try {
    checkLocation(databaseFile(path))
    const place = existing(path)
    accessSync(place, constants.W_OK | constants.X_OK)
    if (!statSync(place).isDirectory()) return wrong('data', `${place} is no folder.`, 'Name another one with --data.')
    if (place !== path) return note('data', `${path} is not there yet: the first start makes it.`)
    return ok('data', `${path} can be written.`)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) return wrongBy('data', error)
    return wrong(
      'data',
      `${path} cannot be written (${String(error.code)}).`,
      'Give this user the folder, or use --data.',
    )
  }
}

function checkRoom(path: string): Finding {
  const { bavail, bsize } = statfsSync(existing(path))
  const free = bavail * bsize
  const says = `${(free / GIB).toFixed(1)} GiB are free.`
  if (free < LITTLE_ROOM_BYTES) return wrong('disk', says, 'Make room: what cannot be stored is refused.')
  if (free < ENOUGH_ROOM_BYTES) return note('disk', says, 'Retention by age or size keeps the database small.')
  return ok('disk', says)
}

function checkDatabase(dataDirectory: string): Finding {
  const path = databaseFile(dataDirectory)
  try {
    const version = inspectFile(path, SCHEMA_VERSION)
    if (version === null) return note('database', 'There is none yet: the first start makes it.')
    const size = `${(statSync(path).size / MIB).toFixed(1)} MiB`
    if (version === SCHEMA_VERSION) return ok('database', `Schema ${version}, ${size}, its pages are whole.`)
    return note(
      'database',
      `Schema ${version}, ${size}: the next start brings it to ${SCHEMA_VERSION}, and keeps a copy.`,
    )
  } catch (error) {
    return wrongBy('database', error)
  }
}

function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path))
}
