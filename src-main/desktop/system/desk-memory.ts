import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { z } from 'zod'

const Bounds = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int(), height: z.number().int() })

/** What the desktop remembers from one start to the next; a part that does not fit is forgotten. */
const Memory = z.object({
  bounds: Bounds.nullable().catch(null).default(null),
  isMaximized: z.boolean().catch(false).default(false),
  /** Electron's zoom level: 0 is 100 %, each step a fifth more or less. */
  zoomLevel: z.number().min(-8).max(9).catch(0).default(0),
  /** Whether closing the window leaves Hookloop running. */
  staysWhenClosed: z
    .boolean()
    .catch(true)
    .default(process.platform !== 'linux'),
  /** Whether the user was told so. */
  saidItStays: z.boolean().catch(false).default(false),
})
export type Memory = z.infer<typeof Memory>

export interface DeskMemory {
  get(): Memory
  set(change: Partial<Memory>): void
}

/** Kept beside the window's profile, away from the data: losing it costs nothing. */
export function openDeskMemory(): DeskMemory {
  const file = join(app.getPath('userData'), 'desktop.json')
  let memory = read(file)
  return {
    get: () => memory,
    set(change) {
      memory = { ...memory, ...change }
      try {
        writeFileSync(`${file}.new`, JSON.stringify(memory))
        renameSync(`${file}.new`, file)
      } catch {
        // A forgotten position is no reason to trouble anybody.
      }
    },
  }
}

function read(file: string): Memory {
  try {
    return Memory.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return Memory.parse({})
  }
}
