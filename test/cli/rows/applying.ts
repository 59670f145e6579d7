import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppliedView } from '#shared/contract/configuration/configuration.ts'
import type { CliRig } from '../cli-rig.ts'
import type { Row } from './row.ts'

/** A file of configuration that holds this. */
function newFile(rig: CliRig, yaml: string): string {
  const path = join(rig.home, `${rig.number()}-hookloop.yaml`)
  writeFileSync(path, yaml)
  return path
}

export const APPLYING_ROWS: readonly Row[] = [
  {
    command: 'apply',
    works: (rig) => ['apply', '-f', newFile(rig, `sources:\n  coded-${rig.number()}: { name: Coded }\n`)],
    says: /^Applied: 1 created, 0 changed, 0 removed\.\n$/,
    json: AppliedView,
    fails: [4, (rig) => ['apply', '-f', newFile(rig, 'endpoints:\n  App: { ulr: "http://127.0.0.1:9" }\n')]],
    misused: ['apply', '--prune'],
  },
]
