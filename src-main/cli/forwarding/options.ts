import { UsageError } from '../exit.ts'

/** The server that events go on to. Throws `UsageError`. */
export function forwardTarget(text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text
  throw new UsageError(`--forward-to ${text} is no URL: use one such as http://localhost:3000/hook`)
}
