import { resolve } from 'node:path'
import { lockDataDirectory } from '../../adapters/sqlite/data-lock.ts'
import { checkLocation } from '../../adapters/sqlite/opening/check-location.ts'
import { restoreDatabase, type RestoreResult } from '../../adapters/sqlite/storage/restore-database.ts'
import { databaseFile } from '../database-file.ts'
import { describeHolder } from '../session-file.ts'
import { explainStartFailure } from '../start-error.ts'

export type { RestoreResult }

/** Puts a backup into a data directory on which nothing runs. Throws an error whose message is for people. */
export async function restoreData(order: {
  dataDirectory: string
  from: string
  replace: boolean
}): Promise<RestoreResult> {
  const path = databaseFile(order.dataDirectory)
  try {
    checkLocation(path)
    const lock = lockDataDirectory(order.dataDirectory, describeHolder)
    try {
      return await restoreDatabase({ from: resolve(order.from), path, replace: order.replace, now: Date.now() })
    } finally {
      lock.release()
    }
  } catch (error) {
    const words = explainStartFailure(error)
    throw words === null ? error : new Error(words, { cause: error })
  }
}
