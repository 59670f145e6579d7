import type { Command } from 'commander'
import { connect, type Api } from './connection.ts'
import { sharedOptions } from './shared-options.ts'

export interface Context {
  api: Api
  /** Prints the API's own JSON, or the text for a person. */
  show<T>(value: T, text: (value: T) => string): void
}

/** What every command needs, from the options that all commands share. */
export function openContext(command: Command): Context {
  const options = sharedOptions(command)
  const api = connect(options)
  return {
    api,
    show(value, text) {
      process.stdout.write(`${options.json ? JSON.stringify(value, null, 2) : text(value)}\n`)
    },
  }
}
