import { Option, type Command } from 'commander'
import { Duplicates, ScriptEnd } from '#shared/model/source.ts'
import { parseHeader } from '../../options/headers.ts'
import { wholeNumber } from '../../options/numbers.ts'
import { textFrom } from '../../options/inputs.ts'
import { SECRET_FORMS, secretFrom, secretsFrom } from '../../options/secrets.ts'
import type { Terminal } from '../../terminal/terminal.ts'

export interface SourceOptions {
  name?: string
  provider?: string
  secret?: string[]
  verifyToken?: string
  status?: number
  body?: string
  header?: string[]
  delay?: number
  script?: string[]
  atEnd?: ScriptEnd
  duplicates?: Duplicates
  bodyLimit?: number
  publicUrl?: string
  origin?: string[]
}

/** What can be said of a source. */
export function addSourceOptions(command: Command): Command {
  return command
    .option('--name <name>', 'what people call it')
    .option('--provider <id>', 'who sends, such as github; none for nobody that is known')
    .option('--secret <secrets...>', `what signatures are checked with, the newest first: ${SECRET_FORMS}`)
    .option('--verify-token <token>', `typed at the sender too, for its handshake: ${SECRET_FORMS}`)
    .option('--status <number>', 'of its answer', wholeNumber)
    .option('--body <text>', 'of its answer: text, @file, or - for what is piped in')
    .option('--header <name:value...>', 'of its answer')
    .option('--delay <ms>', 'before its answer', wholeNumber)
    .option('--script <statuses...>', 'answers in turn, in place of one: 500 500 200')
    .addOption(new Option('--at-end <what>', 'of the script').choices(ScriptEnd.options))
    .addOption(new Option('--duplicates <what>', 'what its sender sends again').choices(Duplicates.options))
    .option('--body-limit <bytes>', 'the largest body that is taken', wholeNumber)
    .option('--public-url <url>', 'the address that senders outside use')
    .option('--origin <origins...>', 'whose pages may put events; * for any')
}

/** As the API takes them. Throws `UsageError`. */
export async function readSourceFields(options: SourceOptions, terminal: Terminal) {
  const { name, provider, secret, verifyToken, script, atEnd, duplicates, bodyLimit, publicUrl, origin } = options
  const { status, body, header, delay: delayMs } = options
  const answer = {
    ...(status !== undefined && { status }),
    ...(body !== undefined && { body: await textFrom('--body', body, terminal) }),
    ...(header !== undefined && { headers: header.map(parseHeader) }),
    ...(delayMs !== undefined && { delayMs }),
    ...(script !== undefined && { script }),
    ...(atEnd !== undefined && { atEnd }),
  }
  return {
    ...(name !== undefined && { name }),
    ...(provider !== undefined && { provider: provider === 'none' ? null : provider }),
    ...(secret !== undefined && { secrets: await secretsFrom('--secret', secret, terminal) }),
    ...(verifyToken !== undefined && { verifyToken: await secretFrom('--verify-token', verifyToken, terminal) }),
    ...(Object.keys(answer).length > 0 && { answer }),
    ...(duplicates !== undefined && { duplicates }),
    ...(bodyLimit !== undefined && { bodyLimitBytes: bodyLimit }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(origin !== undefined && { allowedOrigins: origin }),
  }
}
