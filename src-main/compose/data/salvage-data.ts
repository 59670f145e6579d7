import { lockDataDirectory } from '../../adapters/sqlite/data-lock.ts'
import { salvage, type Salvaged } from '../../adapters/sqlite/salvage.ts'
import { databaseFile } from '../database-file.ts'
import { describeHolder } from '../session-file.ts'
import { explainStartFailure } from '../start-error.ts'

/**
 * Copies what can be read of the database of a data directory, on which nothing may run, into a new file beside it.
 * Throws an error whose message is for people.
 */
export function salvageData(dataDirectory: string): Salvaged {
  try {
    const lock = lockDataDirectory(dataDirectory, describeHolder)
    try {
      const path = databaseFile(dataDirectory)
      return salvage({ path, to: `${path}.salvaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}` })
    } finally {
      lock.release()
    }
  } catch (error) {
    const words = explainStartFailure(error)
    throw words === null ? error : new Error(words, { cause: error })
  }
}
