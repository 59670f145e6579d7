import type { Random } from '../../ports.ts'

const HEX = /^[0-9a-f-]+$/i
const DIGITS = '0123456789'
const HEX_DIGITS = '0123456789abcdef'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/**
 * Another id that looks like a given one: digits become digits, letters letters of the same case (of a hexadecimal id,
 * hexadecimal ones); a prefix that ends with an underscore stays, and so does everything else.
 */
export function renewId(id: string, { fraction }: Pick<Random, 'fraction'>): string {
  const start = id.lastIndexOf('_') + 1
  const rest = id.slice(start)
  const isHex = HEX.test(rest) && /[a-f]/i.test(rest)
  const pick = (from: string) => from.charAt(Math.floor(fraction() * from.length))
  const renewed = rest.replaceAll(/[0-9a-z]/gi, (character, at: number) => {
    const isDigit = DIGITS.includes(character)
    // A number must not lose digits to a leading zero.
    if (isDigit && at === 0) return pick(DIGITS.slice(1))
    if (isDigit) return pick(isHex ? HEX_DIGITS : DIGITS)
    const letter = pick(isHex ? HEX_DIGITS : LETTERS)
    return character === character.toUpperCase() ? letter.toUpperCase() : letter
  })
  return id.slice(0, start) + renewed
}
