import { homedir } from 'node:os'
import { basename, dirname } from 'node:path'

/** Folders of the home folder that a service copies to other machines. */
const IN_HOME = /^(?:Dropbox|OneDrive(?: - .+)?|iCloudDrive|Google Drive)$/
/** Where macOS keeps such folders, in `Library` of the home folder. */
const IN_LIBRARY: ReadonlyMap<string, string> = new Map([
  ['CloudStorage', 'a cloud service'],
  ['Mobile Documents', 'iCloud Drive'],
])

/**
 * Who copies this folder elsewhere, file by file and in whatever state it finds them: that tears a database from its log.
 * Null where nobody is known to.
 */
export function syncService(folder: string, home: string = homedir()): string | null {
  const parent = dirname(folder)
  if (parent === folder) return null
  const name = basename(folder)
  if (parent === home && IN_HOME.test(name)) return name.replace(/ - .*$/, '')
  const isLibrary = basename(parent) === 'Library' && dirname(parent) === home
  const found = isLibrary ? IN_LIBRARY.get(name) : undefined
  return found ?? syncService(parent, home)
}
