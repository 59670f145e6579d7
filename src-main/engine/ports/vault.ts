/** Holder of the master key: it seals the data key of each project and nothing else. */
export interface Vault {
  /** `context` is bound to the result: opening with another one fails. */
  sealKey(key: Uint8Array, context: string): Promise<Uint8Array>
  /** Throws `VaultLockedError` where the master key is missing or not the one that sealed. */
  openKey(sealed: Uint8Array, context: string): Promise<Uint8Array>
}

export class VaultLockedError extends Error {
  readonly hint = 'Put the key back that sealed this data; without it the secrets must be entered again.'

  constructor(message = 'The master key does not open this data: secrets must be entered again') {
    super(message)
    this.name = 'VaultLockedError'
  }
}
