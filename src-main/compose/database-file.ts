import { join } from 'node:path'

/** Where the database of a data directory lies. */
export function databaseFile(dataDirectory: string): string {
  return join(dataDirectory, 'hookloop.db')
}
