import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** How a program on the same machine finds the running relay or desktop: kept in the data directory, for its owner only. */
export const Session = z.object({
  api: z.string(),
  window: z.string(),
  capture: z.string(),
  token: z.string(),
  pid: z.number(),
  /** Of the program; unknown of one that did not write it yet. */
  version: z.string().optional(),
})
export type Session = z.infer<typeof Session>

function sessionFile(dataDirectory: string): string {
  return join(dataDirectory, 'session.json')
}

/** Writes it 0600; the returned function removes it. */
export function writeSession(dataDirectory: string, session: Session): () => void {
  const file = sessionFile(dataDirectory)
  // An earlier file keeps its mode when it is written over, so it goes first.
  rmSync(file, { force: true })
  writeFileSync(file, `${JSON.stringify(session)}\n`, { mode: 0o600, flag: 'wx' })
  return () => rmSync(file, { force: true })
}

/** Who runs on this data directory, as far as it says: `Hookloop 1.2.0 (process 4711, http://127.0.0.1:4780)`. */
export function describeHolder(dataDirectory: string): string | null {
  const session = readSession(dataDirectory)
  if (session === null) return null
  const version = session.version === undefined ? '' : ` ${session.version}`
  return `Hookloop${version} (process ${session.pid}, ${new URL(session.api).origin})`
}

/** Takes away what a run left that was killed: whoever holds the lock knows that it is gone. */
export function forgetSession(dataDirectory: string): void {
  rmSync(sessionFile(dataDirectory), { force: true })
}

/** Null where nothing runs on this data directory, or what was left there cannot be read. */
export function readSession(dataDirectory: string): Session | null {
  try {
    return Session.parse(JSON.parse(readFileSync(sessionFile(dataDirectory), 'utf8')))
  } catch {
    return null
  }
}
