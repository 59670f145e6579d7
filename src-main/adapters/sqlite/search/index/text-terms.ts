/** In how many letters a text is split at every place. */
const GRAM = 3
/** Stands in a term for each blank and control character, of which none may stand there. */
const BLANK = 31

const SPACE = 32
const DELETE = 127
const ASCII = 128

/** Of what a text is found by, in the words of the index: every three letters that stand together. */
export interface TextTerms {
  /** Takes a folded text in. */
  add(text: string): void
  /** What was taken in, in one text whose words are its terms; begins anew. */
  take(): string
}

/** One is used for many events: a term of ASCII letters is told from those that came before without making a string of it. */
export function createTextTerms(): TextTerms {
  const seen = new Uint32Array(ASCII ** GRAM)
  let round = 1
  let buffer = Buffer.allocUnsafe(64 * 1024)
  let length = 0
  const others = new Set<string>()

  function addAscii(first: number, second: number, third: number): void {
    const place = (first << 14) | (second << 7) | third
    if (seen[place] === round) return
    seen[place] = round
    if (length + 4 > buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)])
    buffer[length] = first
    buffer[length + 1] = second
    buffer[length + 2] = third
    buffer[length + 3] = SPACE
    length += 4
  }

  return {
    add(text) {
      let first = 0
      let second = 0
      for (let index = 0; index < text.length; index++) {
        const third = letter(text.charCodeAt(index))
        if (index >= GRAM - 1) {
          if ((first | second | third) < ASCII) addAscii(first, second, third)
          else others.add(String.fromCharCode(first, second, third))
        }
        first = second
        second = third
      }
      // Its end, too, begins a term: that is how one or two letters are found by what begins with them.
      for (const rest of endsOf(text)) others.add(rest)
    },

    take() {
      const terms = `${buffer.toString('latin1', 0, length)}${[...others].join(' ')}`
      length = 0
      others.clear()
      round += 1
      return terms
    },
  }
}

/** The terms of which a text that is looked for consists; none where it is shorter than one. */
export function termsOfText(text: string): string[] {
  const letters = spelled(text)
  const terms = new Set<string>()
  for (let end = GRAM; end <= letters.length; end++) terms.add(letters.slice(end - GRAM, end))
  return [...terms]
}

/** A text as terms spell it. */
export function spelled(text: string): string {
  let letters = ''
  for (let index = 0; index < text.length; index++) letters += String.fromCharCode(letter(text.charCodeAt(index)))
  return letters
}

function endsOf(text: string): string[] {
  const end = spelled(text.slice(1 - GRAM))
  return [end, end.slice(1)].filter((rest) => rest !== '')
}

function letter(code: number): number {
  return code <= SPACE || code === DELETE ? BLANK : code
}
