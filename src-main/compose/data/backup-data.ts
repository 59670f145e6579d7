import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { writeManifest } from '../../adapters/sqlite/storage/backup-manifest.ts'
import { copyDatabase } from '../../adapters/sqlite/storage/copy-database.ts'
import { inspectFile } from '../../adapters/sqlite/opening/inspect-file.ts'
import { SCHEMA_VERSION } from '../../adapters/sqlite/opening/migrate.ts'
import { createIds } from '../../adapters/system/ids.ts'
import { systemClock as clock } from '../../adapters/system/system-clock.ts'
import { systemRandom as random } from '../../adapters/system/system-random.ts'
import type { Backup, CopyProgress } from '#shared/model/backup.ts'
import { databaseFile } from '../database-file.ts'
import { explainStartFailure, StartError } from '../start-error.ts'

/**
 * Copies the database of a data directory into the file `to`, whether Hookloop runs on it or not, with its manifest beside
 * it; a folder that is missing is made. Throws an error whose message is for people.
 */
export async function backUpData(order: {
  dataDirectory: string
  to: string
  onProgress(progress: CopyProgress): void
}): Promise<Backup> {
  const path = databaseFile(order.dataDirectory)
  const to = resolve(order.to)
  try {
    if (existsSync(to)) throw new StartError(`${to} is there already.`, 'Name a file that is not there yet.')
    if (statSync(path, { throwIfNoEntry: false }) === undefined) {
      throw new StartError(`There is no database in ${order.dataDirectory}.`, 'Name its data directory with --data.')
    }
    inspectFile(path, SCHEMA_VERSION)
    makeFolder(dirname(to))
    const createdAt = clock.now()
    const copied = await copyDatabase({ from: path, to, onProgress: order.onProgress, isAborted: () => false })
    const backup: Backup = { id: createIds({ clock, random }).next('bkp'), createdAt, path: to, ...copied }
    writeManifest(backup)
    return backup
  } catch (error) {
    const words = explainStartFailure(error)
    throw words === null ? error : new Error(words, { cause: error })
  }
}

/** A backup holds all that the database does, so a folder that is made for it is its owner's alone. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new StartError(
      `The folder ${folder} cannot be made${code}.`,
      'Name a file in a folder that you can write to.',
      {
        cause: error,
      },
    )
  }
}
