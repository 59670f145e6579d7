import type { Command } from 'commander'
import { type MessageOptions, readMessage } from '../../options/http-message.ts'
import { wholeNumber } from '../../options/numbers.ts'
import { SECRET_FORMS, secretsFrom } from '../../options/secrets.ts'
import type { Terminal } from '../../terminal/terminal.ts'

export interface RequestOptions extends MessageOptions {
  provider: string
  secret?: string[]
  at?: number
}

/** What both signing and verifying take: a sender, its secrets, and a request. */
export function addRequestOptions(command: Command): Command {
  return command
    .requiredOption('--provider <id>', 'the sender, such as github')
    .option('--secret <secrets...>', `the newest first: ${SECRET_FORMS}`)
    .option('--body <body>', 'its text, @file, or - for what is piped in')
    .option('--header <name:value...>', 'headers, in order')
    .option('--headers-file <file>', 'headers, one to a line')
    .option('--request <file>', 'a whole request as it stood on the wire: @file, or - for what is piped in')
    .option('--method <method>', 'of the request (default: POST)')
    .option('--public-url <url>', 'the address that the sender used, where it signs that')
    .option('--at <seconds>', 'unix seconds that stand for the clock', wholeNumber)
}

/** The request as the API takes it. */
export async function readRequest(options: RequestOptions, terminal: Terminal) {
  const { method, url, headers, body } = await readMessage(options, terminal)
  const secrets = await secretsFrom('--secret', options.secret ?? [], terminal)
  return {
    provider: options.provider,
    secrets,
    ...(method !== undefined && { method }),
    ...(url !== undefined && { url }),
    headers,
    bodyBase64: Buffer.from(body).toString('base64'),
    ...(options.at !== undefined && { now: options.at }),
  }
}
