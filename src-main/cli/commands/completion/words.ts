import type { Command, Option } from 'commander'

/** What can be written after a command's words. */
export interface Place {
  /** The words that lead there; none for the program itself. */
  path: readonly string[]
  children: readonly Word[]
  options: readonly OptionWord[]
}

export interface Word {
  text: string
  /** What it is, for shells that show it. */
  about: string
}

export interface OptionWord extends Word {
  takesValue: boolean
  /** Where only these values are taken. */
  choices: readonly string[]
}

/** Every place of the program, itself first. */
export function placesOf(program: Command, path: readonly string[] = []): Place[] {
  // A group without a word of its own does what its list does, and takes its options.
  const byDefault = program.commands.find((child) => child.name() === 'list')
  const own = [...program.options, ...(byDefault?.options ?? [])]
  const place = {
    path,
    children: program.commands.map((child) => ({ text: child.name(), about: child.description() })),
    options: [...own.filter(({ hidden }) => !hidden).flatMap(optionWords), HELP],
  }
  return [place, ...program.commands.flatMap((child) => placesOf(child, [...path, child.name()]))]
}

const HELP: OptionWord = { text: '--help', about: 'display help for command', takesValue: false, choices: [] }

function optionWords(option: Option): OptionWord[] {
  const { long, short, description, argChoices = [] } = option
  const about = { about: description, takesValue: option.required || option.optional, choices: argChoices }
  return [long, short].flatMap((text) => (text ? [{ text, ...about }] : []))
}
