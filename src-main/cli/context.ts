import type { Command } from 'commander'
import { connect, type Api } from './connection.ts'
import { type FeedOrder, LINK_WORDS } from './live/follow-feed.ts'
import { sharedOptions, type SharedOptions } from './options/shared-options.ts'
import type { Terminal } from './terminal/terminal.ts'
import { draw, type Text, viewOf } from './text/view.ts'

/** One call of the command line. */
export interface Call {
  version: string
  terminal: Terminal
  /** What it answers where nothing is thrown. */
  exitCode: number
}

export interface Context {
  /** Connected at its first use: not every command needs a relay. Throws `UnreachableError` where none is found. */
  readonly api: Api
  /** Connects anew, for what outlives a cut. */
  connect(): Api
  readonly options: SharedOptions
  readonly terminal: Terminal
  readonly version: string
  /** Prints the answer: as JSON, or as text for a person. */
  show<T>(value: T, text: (value: T) => Text): void
  /** Prints one of many answers: as a line of JSON, or as text for a person. */
  tell<T>(value: T, text: (value: T) => Text): void
  /** How it goes, for a person who waits: on stderr, and never with `--json`. */
  note(text: Text): void
  /** The same where a terminal shows it, as a line that is written over; null takes it away. */
  progress(text: string | null): void
  /** Live changes until a signal to stop; a person is told how the link stands. */
  followOrder(): FeedOrder
  /** Ends with this exit code though nothing was thrown. */
  endWith(exitCode: number): void
}

const calls = new WeakMap<Command, Call>()

/** Lets each command of the program find the call that it belongs to. */
export function belongsTo(program: Command, call: Call): void {
  calls.set(program, call)
}

/** What every command needs, from the call and the options that all commands share. */
export function openContext(command: Command): Context {
  const call = callOf(command)
  const { terminal, version } = call
  const { stdout, stderr } = terminal
  const options = sharedOptions(command)
  let api: Api | null = null
  const print = (json: string, text: () => Text) =>
    void stdout.write(`${options.json ? json : draw(text(), viewOf(terminal, stdout))}\n`)
  return {
    get api() {
      return (api ??= connect(options, terminal.env))
    },
    connect: () => connect(options, terminal.env),
    options,
    terminal,
    version,
    show: (value, text) => print(JSON.stringify(value, null, 2), () => text(value)),
    tell: (value, text) => print(JSON.stringify(value), () => text(value)),
    note(text) {
      if (!options.json) stderr.write(`${draw(text, viewOf(terminal, stderr))}\n`)
    },
    progress(text) {
      if (stderr.isTTY && !options.json) stderr.write(`\r${text ?? ''}\u001b[K`)
    },
    followOrder() {
      const { begun, lost } = LINK_WORDS
      const note = (text: string) => !options.json && stderr.write(`${text}\n`)
      return {
        connect: () => connect(options, terminal.env),
        signal: terminal.untilStopped(),
        onBegun: () => void note(begun),
        onLost: () => void note(lost),
      }
    },
    endWith(exitCode) {
      call.exitCode = exitCode
    },
  }
}

function callOf(command: Command): Call {
  let root = command
  while (root.parent !== null) root = root.parent
  const call = calls.get(root)
  if (call === undefined) throw new Error('This program belongs to no call')
  return call
}
