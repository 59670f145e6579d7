import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { importArchive, type Imported } from '../../adapters/sqlite/archive/import-archive.ts'
import { lockDataDirectory } from '../../adapters/sqlite/data-lock.ts'
import { openDatabase } from '../../adapters/sqlite/opening/open-database.ts'
import { createLog } from '../../adapters/system/log.ts'
import { systemRandom as random } from '../../adapters/system/system-random.ts'
import { newIngestKey } from '../../engine/capture/ingestion/ingest-access.ts'
import { databaseFile } from '../database-file.ts'
import { describeHolder } from '../session-file.ts'
import { explainStartFailure, StartError } from '../start-error.ts'

export type { Imported }

/** Takes an archive into a data directory on which nothing runs. Throws an error whose message is for people. */
export async function importData(order: { dataDirectory: string; from: string }): Promise<Imported> {
  const from = resolve(order.from)
  try {
    if (!existsSync(from)) throw new StartError(`There is no file ${from}.`, 'Name the archive to import.')
    const lock = lockDataDirectory(order.dataDirectory, describeHolder)
    try {
      const db = openDatabase({ path: databaseFile(order.dataDirectory), log: createLog({ quiet: true }) })
      try {
        return await importArchive(db, { from, now: Date.now(), newIngestKey: () => newIngestKey(random) })
      } finally {
        db.close()
      }
    } finally {
      lock.release()
    }
  } catch (error) {
    const words = explainStartFailure(error)
    throw words === null ? error : new Error(words, { cause: error })
  }
}
