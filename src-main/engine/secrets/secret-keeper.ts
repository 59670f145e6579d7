import { VaultLockedError, type Random, type SealedSecret, type SecretStore, type Vault } from '../ports.ts'
import { open, seal } from './aead.ts'
import { createDataKeys } from './data-keys.ts'

/** What names one version of one secret; sealed bytes open under no other. */
export type SecretIdentity = Pick<SealedSecret, 'id' | 'projectId' | 'endpointId' | 'name' | 'version'>

export interface SecretKeeper {
  /** Throws `VaultLockedError`. */
  seal(identity: SecretIdentity, text: string): Promise<Uint8Array>
  /** The secret's text. Throws `VaultLockedError` where the vault is locked or the stored secret is damaged. */
  open(secret: SealedSecret): Promise<string>
}

export interface SecretKeeperDeps {
  secrets: Pick<SecretStore, 'dataKey' | 'keepDataKey'>
  vault: Vault
  random: Random
}

/** Seals secrets with the data key of their project, each bound to its own place. */
export function createSecretKeeper(deps: SecretKeeperDeps): SecretKeeper {
  const dataKeys = createDataKeys(deps)
  return {
    async seal(identity, text) {
      return seal(await dataKeys.toSeal(identity.projectId), new TextEncoder().encode(text), contextOf(identity))
    },

    async open(secret) {
      const key = await dataKeys.toOpen(secret.projectId)
      try {
        return new TextDecoder().decode(open(key, secret.sealed, contextOf(secret)))
      } catch (cause) {
        throw damaged(secret, cause)
      }
    },
  }
}

function contextOf({ projectId, endpointId, id, version, name }: SecretIdentity): string {
  return JSON.stringify(['secret', projectId, endpointId, id, version, name])
}

function damaged({ name, endpointId }: SealedSecret, cause: unknown): VaultLockedError {
  const error = new VaultLockedError(`The secret “${name}” of ${endpointId} is damaged: enter it again.`)
  error.cause = cause
  return error
}
