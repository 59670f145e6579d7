import type { OptionWord, Place } from './words.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** The script that teaches a shell to complete `hookloop`. It holds all words: completing starts no process. */
export function completionScript(shell: Shell, places: readonly Place[]): string {
  return { bash, zsh, fish }[shell](places)
}

/** The options of the places that take what is written there: a group's own default command too. */
function bash(places: readonly Place[]): string {
  const cases = places.map(({ path, children, options }) => {
    const words = [...children, ...options].map(({ text }) => text).join(' ')
    return `    ${quoted(path.join(' '))}) words=${quoted(words)} ;;`
  })
  return `# bash completion for hookloop
_hookloop() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" path='' word words index
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    case "\${path:+$path }$word" in
      ${places
        .filter(({ path }) => path.length > 0)
        .map(({ path }) => quoted(path.join(' ')))
        .join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path $before" in
${valueCases(places, (path, option, values) => `    ${quoted(`${path} ${option.text}`)}) ${values === null ? 'COMPREPLY=($(compgen -f -- "$current"))' : `COMPREPLY=($(compgen -W ${quoted(values)} -- "$current"))`}; return ;;`)}
  esac
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ \${#COMPREPLY[@]} -gt 0 || "$current" == -* ]] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -F _hookloop hookloop
`
}

/** A line for each option that takes a value; null where any file or text may follow. */
function valueCases(
  places: readonly Place[],
  line: (path: string, option: OptionWord, values: string | null) => string,
): string {
  return places
    .flatMap(({ path, options }) =>
      options
        .filter(({ takesValue }) => takesValue)
        .map((option) => line(path.join(' '), option, option.choices.length > 0 ? option.choices.join(' ') : null)),
    )
    .join('\n')
}

function zsh(places: readonly Place[]): string {
  const cases = places.map(({ path, children, options }) => {
    const described = (words: readonly { text: string; about: string }[]) =>
      words.map(({ text, about }) => quoted(`${text.replaceAll(':', '\\:')}:${about}`)).join(' ')
    return `    ${quoted(path.join(' '))}) commands=(${described(children)}); options=(${described(options)}) ;;`
  })
  const known = places.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(' ')))
  return `#compdef hookloop
_hookloop() {
  local path='' word index before="$words[CURRENT-1]"
  local -a commands options
  for ((index = 2; index < CURRENT; index++)); do
    word="$words[index]"
    case "\${path:+$path }$word" in
      ${known.join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path $before" in
${valueCases(places, (path, option, values) => `    ${quoted(`${path} ${option.text}`)}) ${values === null ? '_files' : `compadd -- ${values}`}; return ;;`)}
  esac
  case "$path" in
${cases.join('\n')}
  esac
  if [[ "$words[CURRENT]" == -* ]]; then
    _describe -t options option options
  elif ((\${#commands})); then
    _describe -t commands command commands
  else
    _files
  fi
}
if [[ "$funcstack[1]" == _hookloop ]]; then _hookloop "$@"; else compdef _hookloop hookloop; fi
`
}

function fish(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, children, options }) => {
    const here = `-n ${quoted(`__hookloop_at ${path.join(' ')}`.trimEnd())}`
    return [
      ...children.map(({ text, about }) => `complete -c hookloop ${here} -f -a ${text} -d ${quoted(about)}`),
      ...options.map(({ text, about, takesValue, choices }) => {
        const name = text.startsWith('--') ? `-l ${text.slice(2)}` : `-s ${text.slice(1)}`
        const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : ''
        return `complete -c hookloop ${here} ${name}${value} -d ${quoted(about)}`
      }),
    ]
  })
  const known = places.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(' ')))
  return `# fish completion for hookloop
function __hookloop_at
  set -l path
  for word in (commandline -opc)[2..-1]
    set -l longer (string join ' ' $path $word)
    contains -- $longer ${known.join(' ')}; and set path $path $word
  end
  test (string join ' ' $path) = (string join ' ' $argv)
end
${lines.join('\n')}
`
}

/** As all three shells read it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
