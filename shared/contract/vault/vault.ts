import { z } from 'zod'
import { changes, InProject, reads } from '../base.ts'

export const KeyKeeper = z.enum(['key_file', 'environment', 'keychain', 'passphrase'])

const KeyView = z
  .object({
    keptBy: KeyKeeper.nullable().describe('Null before there is a key.'),
    asks: z
      .enum(['passphrase', 'new_passphrase'])
      .nullable()
      .describe('What a person must give before the key can be used, or made.'),
    offers: z
      .array(KeyKeeper.exclude(['environment']))
      .readonly()
      .describe('Who could keep it here.'),
    keychainProblem: z.string().nullable().describe('Why the keychain of this machine is not trusted with it.'),
  })
  .describe('Who keeps the master key.')

/** Short ones are guessed, however dear each guess is made. */
export const SHORTEST_PASSPHRASE = 12
const NewPassphrase = z.string().min(SHORTEST_PASSPHRASE).max(500)

export const VaultView = z.object({
  state: z.enum(['open', 'locked', 'empty']).describe('`empty` before the first secret.'),
  reason: z.string().nullable().describe('Why it is locked.'),
  locked: z.number().describe('Secrets whose value cannot be opened: they must be entered again.'),
  rotation: z
    .object({ done: z.number(), total: z.number() })
    .nullable()
    .describe('A change of keys that is under way, counted in secrets.'),
  key: KeyView,
})
export type VaultView = z.infer<typeof VaultView>

const tags = ['Vault']

export const vault = {
  status: reads('endpoints:read')
    .route({ method: 'GET', path: '/vault', summary: 'Show how the vault of a project stands', tags })
    .input(InProject)
    .output(VaultView),
  rotateKeys: changes('system:write', 'vault.rotate_keys', ['vault_locked'], 'installation')
    .route({
      method: 'POST',
      path: '/vault/rotate-keys',
      summary: 'Seal every secret under new keys',
      description:
        'New data keys, and a new master key where it lies in the key file. It goes on in the background and after a restart. Backups made before open with the key file of then only.',
      tags,
      successStatus: 202,
    })
    .output(VaultView),
  recheck: changes('system:write', 'vault.recheck', [], 'installation')
    .route({
      method: 'POST',
      path: '/vault/recheck',
      summary: 'Look whether the key is back, and let what waited for it go on',
      tags,
    })
    .output(z.object({ ...VaultView.shape, resumed: z.number().describe('Endpoints that go on.') })),
  unlock: changes('system:write', 'vault.unlock', ['vault_locked'], 'installation')
    .route({
      method: 'POST',
      path: '/vault/unlock',
      summary: 'Open the master key with the passphrase that keeps it',
      description: 'It stays open until the program ends. Endpoints that waited for it go on.',
      tags,
    })
    .input(z.strictObject({ ...InProject.shape, passphrase: z.string().min(1).max(500) }))
    .output(z.object({ ...VaultView.shape, resumed: z.number().describe('Endpoints that go on.') })),
  keepKey: changes('system:write', 'vault.keep_key', ['vault_locked'], 'installation')
    .route({
      method: 'POST',
      path: '/vault/key',
      summary: 'Give the master key to another keeper, or make it',
      description:
        'A keychain is that of the user who runs the desktop app. A passphrase is asked for at each start. A key file is readable by its owner alone, and by every program of theirs.',
      tags,
    })
    .input(
      z.discriminatedUnion('by', [
        z.strictObject({ ...InProject.shape, by: z.enum(['keychain', 'key_file']) }),
        z.strictObject({ ...InProject.shape, by: z.literal('passphrase'), passphrase: NewPassphrase }),
      ]),
    )
    .output(VaultView),
  startOver: changes('system:write', 'vault.start_over', ['vault_locked'], 'installation')
    .route({
      method: 'POST',
      path: '/vault/start-over',
      summary: 'Seal with a new key from now on, where the old one is lost',
      description:
        'What the lost key sealed stays locked until it is entered again, or until the key is back. Texts of API keys count no more: rotate each.',
      tags,
    })
    .input(z.strictObject({ ...InProject.shape, confirm: z.literal(true) }))
    .output(VaultView),
}
