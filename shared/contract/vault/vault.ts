import { z } from 'zod'
import { changes, InProject, reads } from '../base.ts'

export const VaultView = z.object({
  state: z.enum(['open', 'locked', 'empty']).describe('`empty` before the first secret.'),
  reason: z.string().nullable().describe('Why it is locked.'),
  locked: z.number().describe('Secrets whose value cannot be opened: they must be entered again.'),
  rotation: z
    .object({ done: z.number(), total: z.number() })
    .nullable()
    .describe('A change of keys that is under way, counted in secrets.'),
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
