import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Backup } from '#shared/model/backup.ts'

/** Beside each backup lies what it should be, so that a damaged or exchanged one is found out before it is used. */
const Manifest = z.object({
  format: z.literal('hookloop-backup'),
  ...Backup.omit({ path: true, createdAt: true }).shape,
  createdAt: z.iso.datetime(),
})

/** Where the manifest of the backup at `path` lies. */
export function manifestFile(path: string): string {
  return `${path}.json`
}

export function writeManifest({ path, createdAt, ...backup }: Backup): void {
  const manifest = { format: 'hookloop-backup', createdAt: new Date(createdAt).toISOString(), ...backup }
  writeFileSync(manifestFile(path), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
}

/** Null where there is none, or none that can be read. */
export function readManifest(path: string): Backup | null {
  try {
    const { format: _, createdAt, ...manifest } = Manifest.parse(JSON.parse(readFileSync(manifestFile(path), 'utf8')))
    return { ...manifest, createdAt: Date.parse(createdAt), path }
  } catch {
    return null
  }
}

/** The whole backups of a folder, newest first. */
export function listBackups(folder: string): Backup[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.db')) : []
  return files.flatMap((name) => readManifest(join(folder, name)) ?? []).toSorted((a, b) => b.createdAt - a.createdAt)
}

export function removeBackupFiles(path: string): void {
  rmSync(path, { force: true })
  rmSync(manifestFile(path), { force: true })
}
