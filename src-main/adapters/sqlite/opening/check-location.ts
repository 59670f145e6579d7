import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { UnsupportedLocationError } from './open-errors.ts'
import { syncService } from './synced-folder.ts'

/** Kinds of file system, as Linux numbers them, whose locks or shared memory do not do what SQLite needs. */
const NETWORK_KINDS: ReadonlyMap<number, string> = new Map([
  [0x69_69, 'a network share (NFS)'],
  [0x51_7b, 'a network share (SMB)'],
  [0xff_53_4d_42, 'a network share (CIFS)'],
  [0xfe_53_4d_42, 'a network share (SMB2)'],
  [0x01_02_19_97, 'a shared folder of a virtual machine (9p)'],
])

/**
 * Throws `UnsupportedLocationError` where the file would lie on a network share, or in a folder that a service copies
 * elsewhere. `kindOf` answers a folder's kind.
 */
export function checkLocation(path: string, kindOf: (folder: string) => number = kindOnLinux): void {
  const service = syncService(dirname(path))
  if (service !== null) throw new UnsupportedLocationError(path, `a folder that ${service} copies elsewhere`)
  // The kernel's number may come with its sign.
  const kind = NETWORK_KINDS.get(kindOf(existingFolder(dirname(path))) >>> 0)
  if (kind !== undefined) throw new UnsupportedLocationError(path, kind)
}

function kindOnLinux(folder: string): number {
  return process.platform === 'linux' ? statfsSync(folder).type : 0
}

function existingFolder(folder: string): string {
  const parent = dirname(folder)
  return existsSync(folder) || parent === folder ? folder : existingFolder(parent)
}
