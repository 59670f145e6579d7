import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { VaultLockedError } from '#main/engine/ports.ts'

const KEY_BYTES = 32
const BASE64_KEY = /^[A-Za-z0-9+/]{43}=$/
const OTHERS = 0o077

/** A 32-byte key from its base64 text; `place` names where it came from. Throws `VaultLockedError`. */
export function parseKey(text: string, place: string, fix: string): Uint8Array {
  const trimmed = text.trim()
  const bytes = BASE64_KEY.test(trimmed) ? Buffer.from(trimmed, 'base64') : null
  if (bytes?.length === KEY_BYTES) return new Uint8Array(bytes)
  throw new VaultLockedError(`${place} does not hold a key (32 bytes in base64, one line of 44 characters). ${fix}`)
}

/** The key in the file; null where there is no file. Throws `VaultLockedError`. */
export function readKeyFile(path: string): Uint8Array | null {
  let text: string
  try {
    text = readPrivately(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    if (error instanceof VaultLockedError) throw error
    throw unusable(path, 'cannot be read', error)
  }
  return parseKey(text, `The key file ${path}`, 'Put back its copy; without it, secrets must be entered again.')
}

/** Makes the file with a new key, readable by its owner only; never touches one that is there. */
export function makeKeyFile(path: string): Uint8Array {
  const text = `${randomBytes(KEY_BYTES).toString('base64')}\n`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeNew(path, text)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw unusable(path, 'cannot be made', error)
  }
  // Read back: another process may have made it first.
  const key = readKeyFile(path)
  if (key) return key
  throw unusable(path, 'is gone right after it was made', null)
}

/** Puts a key file in the place of another, at once and for good. Throws `VaultLockedError`. */
export function moveKeyFile(from: string, to: string): void {
  try {
    renameSync(from, to)
    // A directory cannot be opened on Windows, where the move lasts by itself.
    if (process.platform !== 'win32') flushFolder(dirname(to))
  } catch (error) {
    throw unusable(to, 'cannot be replaced', error)
  }
}

function flushFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function readPrivately(path: string): string {
  const file = openSync(path, 'r')
  try {
    if (process.platform !== 'win32' && (fstatSync(file).mode & OTHERS) !== 0) {
      throw new VaultLockedError(`The key file ${path} is open to other users. Run: chmod 600 "${path}"`)
    }
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

function writeNew(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
}

function unusable(path: string, what: string, cause: unknown): VaultLockedError {
  const code = codeOf(cause)
  const error = new VaultLockedError(
    `The key file ${path} ${what}${code ? ` (${code})` : ''}. Check its folder and owner, or name another with --key-file.`,
  )
  error.cause = cause
  return error
}

/** Node's own code of a failed file operation. */
function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
