import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ArchiveCounts } from '../../adapters/sqlite/archive/archive-line.ts'
import { writeArchive } from '../../adapters/sqlite/archive/write-archive.ts'
import { inspectFile } from '../../adapters/sqlite/opening/inspect-file.ts'
import { SCHEMA_VERSION } from '../../adapters/sqlite/opening/migrate.ts'
import { databaseFile } from '../database-file.ts'
import { explainStartFailure, StartError } from '../start-error.ts'

/**
 * Writes a project of a data directory into a new archive, whether Hookloop runs on it or not. Throws an error whose
 * message is for people.
 */
export async function exportData(order: {
  dataDirectory: string
  to: string
  project: string
}): Promise<ArchiveCounts> {
  const from = databaseFile(order.dataDirectory)
  const to = resolve(order.to)
  try {
    if (existsSync(to)) throw new StartError(`${to} is there already.`, 'Name a file that is not there yet.')
    const version = inspectFile(from, SCHEMA_VERSION)
    if (version === null)
      throw new StartError(`There is no database in ${order.dataDirectory}.`, 'Name it with --data.')
    if (version < SCHEMA_VERSION) {
      throw new StartError('The database is of an older version.', 'Start Hookloop once: that brings it up to date.')
    }
    return await writeArchive({ from, to, project: order.project, now: Date.now() })
  } catch (error) {
    const words = explainStartFailure(error)
    throw words === null ? error : new Error(words, { cause: error })
  }
}
