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

const OTHERS = 0o077

/** The text of the file; null where there is no file. Throws `VaultLockedError`. */
export function readKeyFile(path: string): string | null {
  try {
    return readPrivately(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    if (error instanceof VaultLockedError) throw error
    throw unusable(path, 'cannot be read', error)
  }
}

/** Makes the file, readable by its owner only; never touches one that is there. Gives the text that it then holds. */
export function makeKeyFile(path: string, text: string): string {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeNew(path, text)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw unusable(path, 'cannot be made', error)
  }
  // Read back: another process may have made it first.
  const made = readKeyFile(path)
  if (made !== null) return made
  throw unusable(path, 'is gone right after it was made', null)
}

/** Puts another text in the place of a key file, whole or not at all. Throws `VaultLockedError`. */
export function replaceKeyFile(path: string, text: string): void {
  const beside = `${path}.new`
  rmSync(beside, { force: true })
  makeKeyFile(beside, text)
  moveKeyFile(beside, path)
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
