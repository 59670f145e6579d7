import { contract } from '#shared/contract/index.ts'
import type { CliRig } from '../cli-rig.ts'
import { answerOf, type Row } from './row.ts'

const NO_KEY = 'key_01JD8Z5K3WQ7M0X2T9B4C6E8FA'

async function newKey(rig: CliRig): Promise<string> {
  return (await rig.json<{ id: string }>('keys', 'create', '--name', 'CI', '--scopes', 'events:read')).id
}

/** A key that may read events and nothing else. */
async function asReader(rig: CliRig, ...args: string[]): Promise<string[]> {
  const made = await rig.json<{ secret: string }>('keys', 'create', '--name', 'Reader', '--scopes', 'events:read')
  return [...args, '--token', made.secret]
}

export const KEY_ROWS: readonly Row[] = [
  {
    command: 'keys list',
    works: async (rig) => {
      await newKey(rig)
      return ['keys']
    },
    says: /ID +NAME[^]*CI +active +hlk_/,
    json: answerOf(contract.keys.list),
    fails: [4, (rig) => asReader(rig, 'keys')],
    misused: ['keys', 'list', '--name', 'CI'],
  },
  {
    command: 'keys create',
    works: () => ['keys', 'create', '--name', 'CI', '--scopes', 'workflows:run', '--days', '30', '--quota', '60'],
    says: /^key_\w+\nThe key, shown this once: hlk_\S+\n$/,
    json: answerOf(contract.keys.create),
    fails: [4, (rig) => asReader(rig, 'keys', 'create', '--name', 'CI', '--scopes', 'events:read')],
    misused: ['keys', 'create', '--name', 'CI', '--scopes', 'events:all'],
  },
  {
    command: 'keys rotate',
    works: async (rig) => ['keys', 'rotate', await newKey(rig), '--overlap-hours', '24'],
    says: /^key_\w+\nThe key, shown this once: hlk_\S+\n$/,
    json: answerOf(contract.keys.rotate),
    fails: [4, () => ['keys', 'rotate', NO_KEY]],
    misused: ['keys', 'rotate', NO_KEY, '--overlap-hours', 'one'],
  },
  {
    command: 'keys revoke',
    works: async (rig) => ['keys', 'revoke', await newKey(rig)],
    says: /^CI is revoked\n$/,
    json: answerOf(contract.keys.revoke),
    fails: [4, () => ['keys', 'revoke', NO_KEY]],
    misused: ['keys', 'revoke'],
  },
  {
    command: 'vault list',
    works: async (rig) => {
      await rig.json('endpoints', 'create', '--name', 'Sealed', '--url', rig.receiver.url)
      return ['vault']
    },
    says: /Sealed +signing +sealed +0 d/,
    json: answerOf(contract.vault.secrets.list),
    fails: [4, (rig) => asReader(rig, 'vault')],
    misused: ['vault', 'list', 'all'],
  },
  {
    command: 'vault status',
    works: () => ['vault', 'status'],
    says: /^The vault (?:is open|holds nothing yet)\.\n$/,
    json: answerOf(contract.vault.vault.status),
    fails: [4, (rig) => asReader(rig, 'vault', 'status')],
    misused: ['vault', 'status', 'now'],
  },
  {
    command: 'vault rotate-key',
    works: () => ['vault', 'rotate-key'],
    says: /^The keys are changed\. The vault is open\.\n$/,
    json: answerOf(contract.vault.vault.status),
    fails: [4, (rig) => asReader(rig, 'vault', 'rotate-key')],
    misused: ['vault', 'rotate-key', 'all'],
  },
  {
    command: 'vault recheck',
    works: () => ['vault', 'recheck'],
    says: /^The vault is open\. 0 endpoints go on\.\n$/,
    json: answerOf(contract.vault.vault.recheck),
    fails: [4, (rig) => asReader(rig, 'vault', 'recheck')],
    misused: ['vault', 'recheck', 'all'],
  },
]
