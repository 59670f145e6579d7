/** Who keeps the master key from other eyes. */
export type KeyKeeper = 'key_file' | 'environment' | 'keychain' | 'passphrase'

export interface KeyGuardState {
  /** Null before there is a key. */
  keptBy: KeyKeeper | null
  /** What a person must give before the key can be used, or made. */
  asks: 'passphrase' | 'new_passphrase' | null
  /** Who else could keep it here. */
  offers: readonly Exclude<KeyKeeper, 'environment'>[]
  /** Why the system's keychain is not trusted with it, in plain words; null where it is, or where there is none to ask. */
  keychainProblem: string | null
}

export type NewKeeper = { by: 'key_file' | 'keychain' } | { by: 'passphrase'; passphrase: string }

/** What stands between a person and the master key. */
export interface KeyGuard {
  keyState(): Promise<KeyGuardState>
  /** False where it is not the passphrase. Throws `VaultLockedError` where no passphrase keeps the key. */
  unlock(passphrase: string): Promise<boolean>
  /** Gives the key, made where there is none, to another keeper. Throws `VaultLockedError` where it cannot be opened. */
  keepKey(keeper: NewKeeper): Promise<void>
}
