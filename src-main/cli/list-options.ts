import { InvalidArgumentError, type Command } from 'commander'

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

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Use a whole number.')
}
