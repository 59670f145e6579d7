/** Holder of the master key: it seals the data key of each project and nothing else. */
export interface Vault {
  /** `context` is bound to the result: opening with another one fails. */
  sealKey(key: Uint8Array, context: string): Promise<Uint8Array>
  /** Throws `VaultLockedError` where the master key is missing or not the one that sealed. */
  openKey(sealed: Uint8Array, context: string): Promise<Uint8Array>
  /**
   * Makes a new master key, which seals from now on; the one before still opens. Goes on with a renewal that was begun; does
   * nothing where the key is not the vault's to change.
   */
  beginRenewal(): Promise<void>
  /** Whether a renewal was begun and not ended, by an earlier run too. */
  isRenewing(): Promise<boolean>
  /** Lets go of the master key before. */
  endRenewal(): Promise<void>
}

export class VaultLockedError extends Error {
  readonly hint: string

  constructor(
    message = 'The master key does not open this data: secrets must be entered again',
    hint = 'Put the key back that sealed this data; without it the secrets must be entered again.',
  ) {
    super(message)
    this.name = 'VaultLockedError'
    this.hint = hint
  }
}
