import { readFileSync } from 'node:fs'

/** How many files this process may have open, sockets among them; null where the system does not tell, or sets no limit. */
export function openFileLimit(): number | null {
  if (process.platform !== 'linux') return null
  const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
  return limit === undefined ? null : Number(limit)
}
