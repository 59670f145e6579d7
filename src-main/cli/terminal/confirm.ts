import { createInterface } from 'node:readline/promises'
import { UsageError } from '../exit.ts'
import type { Terminal } from './terminal.ts'

/** The option of every command that asks first. */
export const YES = ['-y, --yes', 'do it without asking'] as const

/** Whether a person can be asked: what is piped has nobody behind it. */
export function canAsk({ stdin, stderr }: Terminal): boolean {
  return stdin.isTTY === true && stderr.isTTY === true
}

/** Asks on stderr, so that stdout holds the answer alone; anything but yes is no. */
export async function confirm(terminal: Terminal, question: string): Promise<boolean> {
  const { stdin, stderr } = terminal
  const asked = createInterface({ input: stdin, output: stderr as NodeJS.WritableStream, terminal: false })
  try {
    const answer = await asked.question(`${question} [y/N] `)
    return /^y(?:es)?$/i.test(answer.trim())
  } finally {
    asked.close()
  }
}

/** Asks a person before something is lost. A script that says what to delete means it. Throws `UsageError` at a no. */
export async function confirmLoss(terminal: Terminal, question: string, isSure: boolean): Promise<void> {
  if (isSure || !canAsk(terminal)) return
  if (!(await confirm(terminal, question))) throw new UsageError('Nothing was done.')
}
