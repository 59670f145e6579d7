import type { Sender } from '#shared/model/sender.ts'
import type { SenderStore } from '../../ports.ts'
import type { SecretKeeper } from '../../secrets/secret-keeper.ts'

export interface SenderSecrets {
  /** The secret that was given for a sender alone; null where it has none. Throws `VaultLockedError`. */
  open(sender: Pick<Sender, 'id'>): Promise<string | null>
}

export function createSenderSecrets({ store, keeper }: { store: SenderStore; keeper: SecretKeeper }): SenderSecrets {
  return {
    async open({ id }) {
      const kept = await store.get(id)
      if (!kept?.sealed) return null
      return keeper.open({ senderId: id, projectId: kept.projectId, sealed: kept.sealed })
    },
  }
}
