import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { DoctorReport } from '#main/cli/commands/doctor/report.ts'
import type { CliRig } from '../cli-rig.ts'
import type { Row } from './row.ts'

/** A data directory whose database is none. */
function brokenData(rig: CliRig): string {
  const folder = join(rig.home, `${rig.number()}-broken`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'hookloop.db'), 'not a database at all'.repeat(100))
  return folder
}

export const SETUP_ROWS: readonly Row[] = [
  {
    command: 'doctor',
    works: () => ['doctor'],
    says: /CHECK +STATE[^]*database +ok +Schema \d+[^]*relay +ok[^]*Nothing is wrong\./,
    json: DoctorReport,
    fails: [1, (rig) => ['doctor', '--data', brokenData(rig), '--port', '0', '--capture-port', '0']],
    misused: ['doctor', '--port', 'first'],
    asksRelay: false,
  },
  {
    command: 'completion',
    works: () => ['completion', 'bash'],
    says: /complete -F _hookloop hookloop/,
    json: z.object({ shell: z.literal('bash'), script: z.string() }),
    fails: [2, () => ['completion', 'csh']],
    misused: ['completion'],
    asksRelay: false,
  },
]
