import type { ConnectionLimits } from './connection-table.ts'

const MOST = 4_096

/**
 * How many connections to take where the process may have `openFiles` files open (null: any number). Half of them are
 * left to the database, the window and deliveries, which must go on however many senders come.
 */
export function connectionLimits(openFiles: number | null): ConnectionLimits {
  const total = openFiles === null ? MOST : Math.max(1, Math.min(MOST, Math.floor(openFiles / 2)))
  return { total, perAddress: Math.ceil(total / 4) }
}
