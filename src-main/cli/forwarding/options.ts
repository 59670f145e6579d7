import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { UsageError } from '../exit.ts'
import { wholeNumber } from '../options/numbers.ts'
import type { ForwardOrder } from './endpoint.ts'
import type { RelayOrder } from './relay.ts'

/** What every command takes that forwards to a server of its caller. */
export interface ForwardingOptions {
  forwardTo: string
  events: string[]
  policy?: string
  forwardPath?: true
  temporary?: true
  keep?: true
  port: number
  capturePort: number
}

/** The option without which there is nothing to do; it stands early in the help. */
export function addForwardTo(command: Command): Command {
  return command.requiredOption('--forward-to <url>', 'your server')
}

/** The rest of them; `policy` and `keep` say what the command makes of these. */
export function addForwardingOptions(command: Command, words: { policy: string; keep: string }): Command {
  return command
    .option('--events <types...>', 'event types to forward: *, order.*, order.paid', ['*'])
    .option('--policy <preset>', words.policy)
    .option('--forward-path', 'append the captured path and query to the URL')
    .option('--temporary', 'on a Hookloop of its own, whose data is gone in the end')
    .option('--keep', words.keep)
    .option('--port <number>', 'of a Hookloop that it runs itself', wholeNumber, 4780)
    .option('--capture-port <number>', 'of that one, for senders', wholeNumber, 4781)
}

/** Where events go, and how. Throws `UsageError`. */
export function forwardingOf(
  options: ForwardingOptions,
): Pick<ForwardOrder, 'forwardTo' | 'eventTypes' | 'forwardPath'> & { policy: string | undefined } {
  const { forwardTo, events, policy, forwardPath } = options
  return { forwardTo: forwardTarget(forwardTo), eventTypes: events, policy, forwardPath: forwardPath === true }
}

/** On which Hookloop. */
export function whereOf(
  { port, capturePort, temporary }: ForwardingOptions,
  { options, terminal }: Context,
): RelayOrder {
  return { target: options, env: terminal.env, port, capturePort, isTemporary: temporary === true }
}

/** The server that events go on to. Throws `UsageError`. */
function forwardTarget(text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text
  throw new UsageError(`--forward-to ${text} is no URL: use one such as http://localhost:3000/hook`)
}
