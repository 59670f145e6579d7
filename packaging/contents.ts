import { globSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { getRawHeader, type DirectoryRecord, type FileRecord } from '@electron/asar'

export interface Packed {
  path: string
  bytes: number
  /** Beside the archive, because the system itself loads it. */
  isUnpacked: boolean
}

/** Every file of a packaged app, but for Electron's own. */
export function contentsOf(archive: string): Packed[] {
  return filesIn(getRawHeader(archive).header as DirectoryRecord, '').toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function filesIn(folder: DirectoryRecord, path: string): Packed[] {
  return Object.entries(folder.files).flatMap(([name, entry]) => {
    const at = path === '' ? name : `${path}/${name}`
    if ('files' in entry) return filesIn(entry, at)
    const { size, unpacked } = entry as FileRecord
    return [{ path: at, bytes: size, isUnpacked: unpacked === true }]
  })
}

/** Where the archive of each app lies that was packaged into a folder. */
export function archivesIn(folder: string): string[] {
  const places = ['*/resources/app.asar', '*/*.app/Contents/Resources/app.asar']
  return globSync(places, { cwd: folder }).map((path) => join(folder, path))
}

/** Files beside the archive that it does not know of. */
export function strangersBeside(archive: string): string[] {
  const known = new Set(contentsOf(archive).map(({ path }) => path))
  const unpacked = `${archive}.unpacked`
  return globSync('**/*', { cwd: unpacked, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(unpacked, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !known.has(path))
}

export function bytesOf(files: readonly Packed[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

export function archiveBytes(archive: string): number {
  return statSync(archive).size
}
