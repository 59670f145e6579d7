import type { Database } from 'better-sqlite3'
import { toBytes } from '../bytes.ts'

/** How much of a body one row holds. */
const CHUNK_BYTES = 1024 * 1024

export interface Bodies {
  /** Keeps the bytes, or counts one more use of equal ones; answers the body's row key. */
  keep(sha256: Uint8Array, bytes: Uint8Array): number
  /** The whole body. */
  read(key: number): Uint8Array
  /** Its first bytes, at most `CHUNK_BYTES`. */
  readStart(key: number, bytes: number): Uint8Array
}

/** Looked for before it is counted: most bodies are new, and to ask costs less than to change nothing. */
const FIND = `SELECT key FROM bodies WHERE sha256 = ? AND size_bytes = ?`
const USE_AGAIN = `UPDATE bodies SET reference_count = reference_count + 1 WHERE key = ?`
const ADD = `INSERT INTO bodies (sha256, size_bytes, reference_count, bytes) VALUES (?, ?, 1, ?)`
const ADD_CHUNK = `INSERT INTO body_chunks (body_key, number, bytes) VALUES (?, ?, ?)`
const READ = `SELECT size_bytes AS sizeBytes, bytes FROM bodies WHERE key = ?`
/** Of an empty one SQLite gives no bytes, but null. */
const READ_START = `SELECT coalesce(substr(bytes, 1, ?), zeroblob(0)) FROM bodies WHERE key = ?`
const READ_CHUNKS = `SELECT bytes FROM body_chunks WHERE body_key = ? ORDER BY number`

export function prepareBodies(db: Database): Bodies {
  const find = db.prepare<[Uint8Array, number], number>(FIND).pluck()
  const useAgain = db.prepare<[number]>(USE_AGAIN)
  const add = db.prepare<[Uint8Array, number, Uint8Array]>(ADD)
  const addChunk = db.prepare<[number | bigint, number, Uint8Array]>(ADD_CHUNK)
  const read = db.prepare<[number], { sizeBytes: number; bytes: Uint8Array }>(READ)
  const readStart = db.prepare<[number, number], Uint8Array>(READ_START).pluck()
  const readChunks = db.prepare<[number], Uint8Array>(READ_CHUNKS).pluck()

  return {
    keep(sha256, bytes) {
      const known = find.get(sha256, bytes.length)
      if (known !== undefined) {
        useAgain.run(known)
        return known
      }
      const key = add.run(sha256, bytes.length, bytes.subarray(0, CHUNK_BYTES)).lastInsertRowid
      for (let start = CHUNK_BYTES; start < bytes.length; start += CHUNK_BYTES) {
        addChunk.run(key, start / CHUNK_BYTES, bytes.subarray(start, start + CHUNK_BYTES))
      }
      return Number(key)
    },

    readStart: (key, bytes) => toBytes(readStart.get(bytes, key)!),

    read(key) {
      const { sizeBytes, bytes } = read.get(key)!
      if (bytes.length === sizeBytes) return toBytes(bytes)
      const whole = new Uint8Array(sizeBytes)
      whole.set(bytes)
      let offset = bytes.length
      for (const chunk of readChunks.iterate(key)) {
        whole.set(chunk, offset)
        offset += chunk.length
      }
      return whole
    },
  }
}
