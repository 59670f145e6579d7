import type { Command } from 'commander'
import { wholeNumber } from './numbers.ts'

export interface ListOptions {
  limit?: number
  cursor?: string
}

/** What every list takes. */
export function addListOptions(command: Command): Command {
  return command
    .option('--limit <number>', 'how many, 500 at most', wholeNumber)
    .option('--cursor <cursor>', 'go on from an earlier list’s nextCursor')
}
