/** What a JSON reader would quietly change. */
export type JsonMark = 'duplicate key' | 'loses digits'

/** A number of so few digits, and no exponent, is the same in every reader. */
const SAFE_NUMBER = /^-?\d{1,15}$/

/** Whether a number as it was sent is another one once JavaScript has read it, as most receivers do. */
export function losesDigits(token: string): boolean {
  if (SAFE_NUMBER.test(token)) return false
  const read = Number(token)
  if (Number.isNaN(read)) return false
  return !Number.isFinite(read) || plainForm(token) !== plainForm(String(read))
}

/** Its digits without zeros at either end, and the power of ten that they stand at. */
function plainForm(number: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(number) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = trimZeros(digits)
  if (significant === '') return '0'
  return `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`
}

/** By hand: a pattern for zeros at the end takes quadratic time on a long run of them in the middle. */
function trimZeros(digits: string): string {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end--
  return digits.slice(0, end)
}

/** Follows objects and arrays as they open and close, and knows a key that its object has already. */
export class KeyTracker {
  readonly #open: (Set<string> | null)[] = []

  openObject(): void {
    this.#open.push(new Set())
  }

  openArray(): void {
    this.#open.push(null)
  }

  close(): void {
    this.#open.pop()
  }

  /** `token` is the key with its quotes; equal names count as equal however they are escaped. */
  isRepeated(token: string): boolean {
    const keys = this.#open.at(-1)
    if (!keys) return false
    const name = token.includes('\\') ? unescaped(token) : token
    const isRepeated = keys.has(name)
    keys.add(name)
    return isRepeated
  }
}

function unescaped(token: string): string {
  try {
    return JSON.stringify(JSON.parse(token))
  } catch {
    return token
  }
}
