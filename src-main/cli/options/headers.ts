import { UsageError } from '../exit.ts'

/** `Name: value`, as it stands on the wire. Throws `UsageError`. */
export function parseHeader(text: string): [name: string, value: string] {
  const colon = text.indexOf(':')
  if (colon < 1) throw new UsageError(`--header ${text} is no header: write it as Name: value`)
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()]
}
