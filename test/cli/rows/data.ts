import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { CliRig } from '../cli-rig.ts'
import type { Row } from './row.ts'

const Counts = z.object({ events: z.number(), deliveries: z.number() })

const newPath = (rig: CliRig, name: string) => join(rig.home, `${rig.number()}-${name}`)

async function newBackup(rig: CliRig, path = newPath(rig, 'backup.db')): Promise<string> {
  await rig.json('backup', path)
  return path
}

/** A data directory that nothing runs on. */
async function stoppedData(rig: CliRig): Promise<string> {
  const folder = newPath(rig, 'data')
  mkdirSync(folder)
  await newBackup(rig, join(folder, 'hookloop.db'))
  return folder
}

async function newArchive(rig: CliRig): Promise<string> {
  const path = newPath(rig, 'archive.jsonl')
  await rig.json('export', path)
  return path
}

export const DATA_ROWS: readonly Row[] = [
  {
    command: 'backup',
    works: (rig) => ['backup', join(newPath(rig, 'backups'), 'backup.db')],
    says: /backup\.db: \d+ events, \d+ deliveries, \d+ bytes\.\nSHA-256 [0-9a-f]{64}\n$/,
    json: z.object({ path: z.string(), sizeBytes: z.number(), sha256: z.string(), counts: Counts }),
    fails: [1, async (rig) => ['backup', join(await newBackup(rig), 'in-a-file.db')]],
    misused: ['backup'],
    asksRelay: false,
  },
  {
    command: 'restore',
    works: async (rig) => ['restore', await newBackup(rig), '--data', newPath(rig, 'restored')],
    says: /^Restored \d+ events and \d+ deliveries into /,
    json: z.object({ path: z.string(), keptPath: z.string().nullable(), counts: Counts }),
    fails: [1, (rig) => ['restore', join(rig.home, 'nothing.db'), '--data', newPath(rig, 'restored')]],
    misused: ['restore'],
    asksRelay: false,
  },
  {
    command: 'salvage',
    works: async (rig) => ['salvage', '--data', await stoppedData(rig)],
    says: /^\d+ of \d+ events could be read; they are in /,
    json: z.object({ path: z.string(), readable: z.number(), of: z.number() }),
    fails: [1, (rig) => ['salvage', '--data', join(rig.home, 'no-data')]],
    misused: ['salvage', 'everything'],
    asksRelay: false,
  },
  {
    command: 'export',
    works: (rig) => ['export', newPath(rig, 'archive.jsonl')],
    says: /^\d+ events, \d+ deliveries and \d+ attempts exported\.\n$/,
    json: z.object({ project: z.string(), counts: Counts }),
    fails: [1, (rig) => ['export', newPath(rig, 'archive.jsonl'), '--project', 'nowhere']],
    misused: ['export'],
    asksRelay: false,
  },
  {
    command: 'import',
    works: async (rig) => ['import', await newArchive(rig), '--data', newPath(rig, 'imported')],
    says: /^\d+ events imported into project \S+; \d+ endpoints are paused and need their secrets\.\n$/,
    json: z.object({ project: z.string(), counts: z.object({ events: z.number(), endpoints: z.number() }) }),
    fails: [1, (rig) => ['import', join(rig.home, 'nothing.jsonl'), '--data', newPath(rig, 'imported')]],
    misused: ['import'],
    asksRelay: false,
  },
  {
    command: 'audit verify',
    works: () => ['audit', 'verify'],
    says: /^The audit log is whole: \d+ entries\.\nHead \d+:[0-9a-f]{64}\n$/,
    json: z.object({ intact: z.literal(true), checked: z.number(), head: z.string(), broken: z.null() }),
    fails: [1, () => ['audit', 'verify', '--expect-head', `1:${'0'.repeat(64)}`]],
    misused: ['audit', 'verify', '--expect-head', 'nonsense'],
    asksRelay: false,
  },
]
