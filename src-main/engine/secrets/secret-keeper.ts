import type { ProjectId } from '#shared/model/ids.ts'
import {
  VaultLockedError,
  type Random,
  type SealedSecret,
  type SealedSender,
  type SealedSourceSecret,
  type SecretStore,
  type SettingScope,
  type Vault,
} from '../ports.ts'
import { open, seal } from './aead.ts'
import { createDataKeys } from './data-keys.ts'

/** What names one version of one secret of an endpoint; sealed bytes open under no other. */
export type SecretIdentity = Pick<SealedSecret, 'id' | 'projectId' | 'endpointId' | 'name' | 'version'>
/** What names one secret of a source; sealed bytes open under no other. */
export type SourceSecretIdentity = Pick<SealedSourceSecret, 'id' | 'projectId' | 'sourceId'>
/** What names the secret of a sender; sealed bytes open under no other. */
export type SenderSecretIdentity = Pick<SealedSender, 'projectId'> & { senderId: SealedSender['id'] }

/** What names the credentials of a callback; sealed bytes open under no other. */
export interface CallbackIdentity {
  projectId: ProjectId
  callbackOf: SettingScope
  revision: string
}

type Identity = SecretIdentity | SourceSecretIdentity | SenderSecretIdentity | CallbackIdentity

export interface SecretKeeper {
  /** Throws `VaultLockedError`. */
  seal(identity: Identity, text: string): Promise<Uint8Array>
  /** The secret's text. Throws `VaultLockedError` where the vault is locked or the stored secret is damaged. */
  open(
    secret: SealedSecret | SealedSourceSecret | ((SenderSecretIdentity | CallbackIdentity) & { sealed: Uint8Array }),
  ): Promise<string>
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

function contextOf(identity: Identity): string {
  const { projectId } = identity
  if ('callbackOf' in identity) {
    return JSON.stringify(['callback-headers', projectId, identity.callbackOf, identity.revision])
  }
  if ('senderId' in identity) return JSON.stringify(['sender-secret', projectId, identity.senderId])
  if ('sourceId' in identity) return JSON.stringify(['source-secret', projectId, identity.sourceId, identity.id])
  const { endpointId, id, version, name } = identity
  return JSON.stringify(['secret', projectId, endpointId, id, version, name])
}

function wordsOf(identity: Identity): string {
  if ('callbackOf' in identity) return 'A credential among the headers of a callback'
  if ('senderId' in identity) return 'The secret that was given for this delivery'
  if ('sourceId' in identity) return `A secret of ${identity.sourceId}`
  return `The secret “${identity.name}” of ${identity.endpointId}`
}

function damaged(identity: Identity, cause: unknown): VaultLockedError {
  const error = new VaultLockedError(`${wordsOf(identity)} is damaged: enter it again.`)
  error.cause = cause
  return error
}
