import { safeStorage } from 'electron'
import type { StartOptions } from '#main/compose/start.ts'

/** What Linux offers in place of a keyring: the key would lie beside what it seals. */
const UNPROTECTED = new Set(['basic_text', 'unknown'])

/** The keychain of the logged-in user: Keychain on macOS, DPAPI on Windows, a keyring or KWallet on Linux. */
export const keychain = {
  async problem(): Promise<string | null> {
    if (process.platform === 'linux' && UNPROTECTED.has(safeStorage.getSelectedStorageBackend())) {
      return 'This desktop has no keyring that protects a key.'
    }
    return (await safeStorage.isAsyncEncryptionAvailable()) ? null : 'The keychain is locked or not available.'
  },
  seal: async (key: Uint8Array) => new Uint8Array(await safeStorage.encryptStringAsync(base64(key))),
  async open(sealed: Uint8Array) {
    const { result } = await safeStorage.decryptStringAsync(Buffer.from(sealed))
    return new Uint8Array(Buffer.from(result, 'base64'))
  },
} satisfies StartOptions['keychain']

function base64(key: Uint8Array): string {
  return Buffer.from(key).toString('base64')
}
