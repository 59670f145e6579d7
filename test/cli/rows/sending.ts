import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { contract } from '#shared/contract/index.ts'
import type { CliRig } from '../cli-rig.ts'
import { answerOf, type Row } from './row.ts'

const SIGNED = 'sha256=143ca8d517ba1b181025d732b1cf275d90104fca57bb02a565542978aa18c4b6'

/** A workflow that sends one event to the receiver. */
async function newWorkflow(rig: CliRig): Promise<string> {
  const response = await fetch(`${rig.running.apiUrl}/workflows/smoke`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${rig.running.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ targets: [{ url: rig.receiver.url }], events: [{ type: 'order.paid', data: 1 }] }),
  })
  if (!response.ok) throw new Error(await response.text())
  return 'smoke'
}

function bodyFile(rig: CliRig): string {
  const file = join(rig.home, 'body.json')
  writeFileSync(file, '{}')
  return `@${file}`
}

export const SENDING_ROWS: readonly Row[] = [
  {
    command: 'trigger',
    works: (rig) => ['trigger', 'github', 'push', '--url', rig.receiver.url, '--secret', 's'],
    says: /^evt_\w+ · dlv_\w+\n$/,
    json: answerOf(contract.catalog.trigger),
    fails: [4, (rig) => ['trigger', 'github', 'no.such.type', '--url', rig.receiver.url]],
    misused: ['trigger', 'github', 'push'],
  },
  {
    command: 'run',
    works: async (rig) => ['run', await newWorkflow(rig)],
    says: /OUTCOME[^]*succeeded +order\.paid +http:\S+ +200 +1 +dlv_/,
    json: answerOf(contract.workflows.runs.get),
    fails: [4, () => ['run', 'no-such-workflow']],
    misused: ['run', 'smoke', '--var', 'build'],
  },
  {
    command: 'verify',
    works: (rig) => {
      const request = ['--body', bodyFile(rig), '--header', `X-Hub-Signature-256: ${SIGNED}`]
      return { args: ['verify', '--provider', 'github', '--secret', '-', ...request], stdin: 's\n' }
    },
    says: /^valid\n$/,
    json: answerOf(contract.signing.verify),
    fails: [
      1,
      () => [
        'verify',
        '--provider',
        'github',
        '--secret',
        's',
        '--body',
        '{ }',
        '--header',
        `X-Hub-Signature-256: ${SIGNED}`,
      ],
    ],
    misused: ['verify', '--secret', 's'],
  },
  {
    command: 'sign',
    works: (rig) => ['sign', '--provider', 'github', '--secret', 's', '--body', bodyFile(rig)],
    says: new RegExp(`^X-Hub-Signature-256: ${SIGNED}$`, 'm'),
    json: answerOf(contract.signing.sign),
    fails: [4, () => ['sign', '--provider', 'nobody', '--secret', 's']],
    misused: ['sign', '--provider', 'github', '--body', '@/nowhere/at/all'],
  },
  {
    command: 'catalog list',
    works: () => ['catalog'],
    says: /ID +NAME[^]*github +GitHub +yes +github +\d+/,
    json: answerOf(contract.catalog.providers.list),
    fails: [4, () => ['catalog', '--project', 'nowhere']],
    misused: ['catalog', 'list', 'all'],
  },
  {
    command: 'catalog show',
    works: () => ['catalog', 'show', 'github'],
    says: /Sender +GitHub \(github\)[^]*push +Commits or tags/,
    json: answerOf(contract.catalog.providers.get),
    fails: [4, () => ['catalog', 'show', 'nobody']],
    misused: ['catalog', 'show'],
  },
]
