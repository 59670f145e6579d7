import type { AuditHead } from '../../engine/ports.ts'
import { openAuditReader } from '../../adapters/sqlite/audit/read-entries.ts'
import { type Verification, verifyChain } from '../../engine/audit/verify-chain.ts'
import { databaseFile } from '../database-file.ts'
import { explainStartFailure } from '../start-error.ts'

/**
 * Checks the audit log of a data directory, whether or not Hookloop runs on it, and changes nothing. Throws an error whose
 * message is for people.
 */
export async function verifyAudit(dataDirectory: string, expected: AuditHead | null): Promise<Verification> {
  try {
    const reader = openAuditReader(databaseFile(dataDirectory))
    try {
      return await verifyChain(reader, { expected, breathe: async () => {} })
    } finally {
      reader.close()
    }
  } catch (error) {
    const words = explainStartFailure(error)
    throw words === null ? error : new Error(words, { cause: error })
  }
}
