import { InvalidArgumentError } from 'commander'

/** For the argument parser: a whole number, or its complaint. */
export function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Use a whole number.')
}
