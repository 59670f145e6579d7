// One row of the table, in a process of its own: named by its argument, answered as a message.
import { argv } from 'node:process'
import { ROWS } from './rows.ts'

const row = await ROWS[argv[2]!]!()
const measured = await row.measure()
process.send?.(measured, () => process.disconnect())
