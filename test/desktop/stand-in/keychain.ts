// The system's keychain, as the environment of the test says that it is.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const backend = process.env['STAND_IN_KEYCHAIN'] ?? 'gnome_libsecret'
const key = createHash('sha256')
  .update(process.env['STAND_IN_LOGIN'] ?? 'a user')
  .digest()
const isAvailable = backend !== 'locked'

function ready(): void {
  if (!isAvailable) throw new Error('Encryption is not available')
}

export const safeStorage = {
  getSelectedStorageBackend: () => (backend === 'locked' ? 'gnome_libsecret' : backend),
  isAsyncEncryptionAvailable: async () => isAvailable,
  async encryptStringAsync(text: string): Promise<Buffer> {
    ready()
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
  },
  async decryptStringAsync(sealed: Buffer): Promise<{ shouldReEncrypt: boolean; result: string }> {
    ready()
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(12, 28))
    const text = Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
    return { shouldReEncrypt: false, result: text.toString('utf8') }
  },
}
