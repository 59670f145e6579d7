import { join } from 'node:path'
import type { Command } from 'commander'
import { EXIT_CODES } from '#main/cli/exit.ts'
import { createProgram } from '#main/cli/program.ts'
import { relayCommand } from '#main/relay/options.ts'
import { ROOT } from '#test/architecture/source-tree.ts'

export const COMMANDS_PAGE = join(ROOT, 'docs/commands.md')

const HEAD = `# The command line

Written by \`npm run commands\` from the program itself: what \`--help\` prints.

\`hookloop\` finds the Hookloop that runs on this machine by its data directory; \`--url\` and \`--token\` name another.
These options stand before a command's name or after it: \`--json\`, \`--url\`, \`--token\`, \`--data\`, \`--project\`.

With \`--json\`, stdout holds the API's own JSON (its shapes stand in \`/api/v1/openapi.json\`): one value, or one to a line
where it goes on, as with \`--follow\`. What went wrong is \`{"error": {"code", "message", "hint"?}}\` on stderr.
What is piped is neither cut nor coloured; \`NO_COLOR\` takes the colours from a terminal, too.
`

/** The page as it should be. */
export function renderCommandsPage(): string {
  let printed = ''
  const terminal = {
    env: {},
    now: () => 0,
    stdout: { write: (text: string) => (printed += text), isTTY: true, columns: 100 },
    stderr: { write: () => {} },
  }
  const program = createProgram('', { terminal, isJson: false })
  const relay = relayCommand(async () => {}).configureOutput({
    writeOut: (text) => void (printed += text),
    getOutHelpWidth: () => 100,
  })

  function helpOf(command: Command): string {
    printed = ''
    command.outputHelp()
    return printed.trim()
  }

  function section(command: Command, words: readonly string[]): string[] {
    const isGroup = command.commands.length > 0
    const help = words.join(' ') === 'serve' ? helpOf(relay) : helpOf(command)
    return [
      `${'#'.repeat(words.length + 1)} hookloop ${words.join(' ')}\n\n\`\`\`\n${help}\n\`\`\`\n`,
      ...(isGroup ? command.commands.flatMap((child) => section(child, [...words, child.name()])) : []),
    ]
  }

  const exits = EXIT_CODES.map(([code, meaning]) => `- ${code}: ${meaning}`).join('\n')
  const sections = program.commands.flatMap((command) => section(command, [command.name()]))
  return [HEAD, `Exit codes:\n\n${exits}\n`, ...sections].join('\n')
}
