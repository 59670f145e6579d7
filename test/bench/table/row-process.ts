// One row of the table, in a process of its own: named by its argument, answered as a message.
import { argv } from 'node:process'
import { ROWS } from './rows.ts'
import type { RowMessage } from './run-row.ts'

async function measured(): Promise<RowMessage> {
  try {
    const row = await ROWS[argv[2]!]!()
    return { measured: await row.measure() }
  } catch (error) {
    console.error(error)
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

const message = await measured()
// What a row that failed left open would hold it up for good.
process.send?.(message, () => process.exit('failed' in message ? 1 : 0))
