import type { EndpointId, ProjectId, SecretId } from '#shared/model/ids.ts'

/** One version of one secret, sealed with its project's data key. */
export interface SealedSecret {
  id: SecretId
  projectId: ProjectId
  endpointId: EndpointId
  /** `signing` for the one that signs, else the name used as `{secret.name}`. */
  name: string
  version: number
  sealed: Uint8Array
  createdAt: number
  /** Until when a version that was rotated away still counts; null for one that is current. */
  expiresAt: number | null
}

export interface SecretStore {
  get(secretId: SecretId): Promise<SealedSecret | null>
  /** Every version of every secret of an endpoint, newest version first. */
  list(endpointId: EndpointId): Promise<readonly SealedSecret[]>
  /** Adds versions of secrets and removes every earlier version of the named ones, in one step. */
  change(step: { endpointId: EndpointId; add: readonly SealedSecret[]; remove: readonly string[] }): Promise<void>
  /**
   * Lets every version of a secret before `version` end at `expiresAt`, or earlier where it does already, and adds that
   * version where it is given, in one step.
   */
  rotate(step: {
    endpointId: EndpointId
    name: string
    version: number
    expiresAt: number
    add: SealedSecret | null
  }): Promise<void>
}
