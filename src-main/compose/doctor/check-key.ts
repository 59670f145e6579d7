import { existsSync } from 'node:fs'
import { type KeptKey, parseKey, readKeyText } from '../../adapters/keyfile/key-text.ts'
import { readKeyFile } from '../../adapters/keyfile/master-key.ts'
import { databaseFile } from '../database-file.ts'
import type { Settings } from '../settings.ts'
import { type Finding, note, ok, wrong, wrongBy } from './finding.ts'

const KEPT: Readonly<Record<KeptKey['keptBy'], string>> = {
  key_file: 'holds a key that its owner alone can read',
  keychain: 'holds a key that the keychain of the desktop app opens',
  passphrase: 'holds a key that a passphrase opens',
}

/** The key that seals the secrets: there, readable, and by its owner alone. It is read and never shown. */
export function checkKey({ key, keyFile, dataDirectory }: Settings): Finding {
  try {
    if (key !== undefined) {
      parseKey(key, 'HOOKLOOP_KEY', 'Make one with: openssl rand -base64 32')
      return ok('key', 'HOOKLOOP_KEY holds a key.')
    }
    const text = readKeyFile(keyFile)
    if (text !== null) return ok('key', `${keyFile} ${KEPT[readKeyText(text, `The key file ${keyFile}`).keptBy]}.`)
    if (!existsSync(databaseFile(dataDirectory))) {
      return note('key', `${keyFile} is not there yet: the first secret makes it.`)
    }
    const fix = 'Where secrets are stored already, put back its copy, or name it with HOOKLOOP_KEY_FILE.'
    return note('key', `${keyFile} is not there.`, fix)
  } catch (error) {
    return error instanceof Error && !('hint' in error)
      ? wrong('key', error.message, 'Without the key, stored secrets stay locked.')
      : wrongBy('key', error)
  }
}
