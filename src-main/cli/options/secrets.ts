import { UsageError } from '../exit.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { textFrom } from './inputs.ts'

/** How an option takes a secret, for its help. */
export const SECRET_FORMS = 'its text, @file, env:NAME, or - for what is piped in'

/** A secret as an option gives it; the end of a file's line is no part of it. Throws `UsageError`. */
export async function secretFrom(option: string, given: string, terminal: Terminal): Promise<string> {
  const text = given.startsWith('env:')
    ? terminal.env[given.slice(4)]
    : (await textFrom(option, given, terminal)).replace(/\r?\n$/, '')
  if (text === undefined) throw new UsageError(`${option} names the variable ${given.slice(4)}, which is not set`)
  if (text === '') throw new UsageError(`${option} is empty`)
  return text
}

/** One after the other, since only one of them can be what is piped in. */
export async function secretsFrom(option: string, given: readonly string[], terminal: Terminal): Promise<string[]> {
  const secrets: string[] = []
  for (const each of given) secrets.push(await secretFrom(option, each, terminal))
  return secrets
}
