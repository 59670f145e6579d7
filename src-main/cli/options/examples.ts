import type { Command } from 'commander'

/** Gives a command's help its examples, and what else is worth knowing there. */
export function withExamples(command: Command, examples: readonly string[], more?: string): Command {
  const lines = examples.map((example) => `  ${example.replaceAll('\n', '\n    ')}`)
  return command.addHelpText('after', ['', 'Examples:', ...lines, ...(more === undefined ? [] : ['', more])].join('\n'))
}
