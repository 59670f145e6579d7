import { Argument, Command } from 'commander'
import { openContext } from '../../context.ts'
import { withExamples } from '../../options/examples.ts'
import { type Shell, SHELLS, completionScript } from './shells.ts'
import { placesOf } from './words.ts'

const EXAMPLES = [
  'hookloop completion bash > ~/.local/share/bash-completion/completions/hookloop',
  'hookloop completion zsh > "${fpath[1]}/_hookloop"',
  'hookloop completion fish > ~/.config/fish/completions/hookloop.fish',
  'source <(hookloop completion bash)',
]

export function completionCommand(): Command {
  const completion = new Command('completion')
    .description('Print what teaches your shell to complete hookloop')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .action(print)
  return withExamples(
    completion,
    EXAMPLES,
    'The script holds all words: completing starts nothing. Make it anew after an update.',
  )
}

function print(shell: Shell, _: object, command: Command): void {
  let program = command
  while (program.parent !== null) program = program.parent
  const script = completionScript(shell, placesOf(program))
  openContext(command).show({ shell, script }, () => script.trimEnd())
}
