import { InvalidArgumentError } from 'commander'

/** For the argument parser: a whole number, or its complaint. */
export function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Use a whole number.')
}

/** For the argument parser: how many in a second, or its complaint. */
export function rate(text: string): number {
  const perSecond = Number(text)
  if (text.trim() !== '' && perSecond >= 0.01 && perSecond <= 1_000) return perSecond
  throw new InvalidArgumentError('Use a number from 0.01 to 1000.')
}
