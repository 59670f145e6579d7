import { Tokenizer, TokenParser, TokenType } from '@streamparser/json'
import { ImportRefusal } from '#main/engine/ports.ts'
import { HarEntry, toCandidate, type Candidate } from './har-entry.ts'

/** What one entry may take, its answer included; it is held while it is read. */
const ENTRY_CHARACTERS = 80 * 1024 * 1024
const MOST_LEVELS = 64
const VERSIONS = new Set(['1.1', '1.2'])

const OPENING: ReadonlySet<TokenType> = new Set([TokenType.LEFT_BRACE, TokenType.LEFT_BRACKET])
const CLOSING: ReadonlySet<TokenType> = new Set([TokenType.RIGHT_BRACE, TokenType.RIGHT_BRACKET])

/** The events of a HAR that comes as text in pieces, one entry held at a time. Throws `ImportRefusal`. */
export async function* readHar(texts: AsyncIterable<string>): AsyncGenerator<Candidate> {
  const reader = new HarReader()
  for await (const text of texts) yield* reader.take(text)
  yield* reader.end()
}

class HarReader {
  readonly #tokenizer = new Tokenizer()
  readonly #parser = new TokenParser({ paths: ['$.log.version', '$.log.entries.*'], keepStack: false })
  #found: unknown[] = []
  #version: string | null = null
  #entries = 0
  #levels = 0
  #sinceEntry = 0
  #isOver = false

  constructor() {
    this.#tokenizer.onToken = (token) => {
      if (OPENING.has(token.token)) this.#levels += 1
      if (CLOSING.has(token.token)) this.#levels -= 1
      if (this.#levels > MOST_LEVELS) throw this.#refusal(`is nested deeper than ${MOST_LEVELS} levels`)
      this.#parser.write(token)
    }
    this.#parser.onValue = ({ value, key }) => {
      if (key === 'version') this.#version = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
      else this.#found.push(value)
    }
    this.#parser.onEnd = () => (this.#isOver = true)
  }

  *take(text: string): Generator<Candidate> {
    this.#sinceEntry += text.length
    if (this.#sinceEntry > ENTRY_CHARACTERS) throw this.#refusal(`takes more than ${ENTRY_CHARACTERS / 1024 ** 2} MiB`)
    try {
      this.#tokenizer.write(text)
    } catch (error) {
      if (error instanceof ImportRefusal) throw error
      throw new ImportRefusal(
        `The file is no JSON: what follows entry ${this.#entries + this.#found.length} cannot be read.`,
        'A HAR is one JSON text. Export it again, or see whether it was changed.',
        { cause: error },
      )
    }
    yield* this.#flush()
  }

  *end(): Generator<Candidate> {
    yield* this.#flush()
    if (!this.#isOver) {
      throw new ImportRefusal(
        `The file ends in the middle, after ${this.#entries} whole entries.`,
        'Export it again: this file is not whole.',
      )
    }
    if (this.#version === null) {
      throw new ImportRefusal('The file is no HAR: it has no log.version.', 'Choose a file that ends in .har.')
    }
    this.#checkVersion()
    if (this.#entries === 0) throw new ImportRefusal('The HAR has no entries.', 'Record some requests first.')
  }

  *#flush(): Generator<Candidate> {
    const found = this.#found
    if (found.length === 0) return
    this.#found = []
    this.#sinceEntry = 0
    this.#checkVersion()
    for (const value of found) {
      this.#entries += 1
      yield this.#candidate(value)
    }
  }

  #checkVersion(): void {
    if (this.#version !== null && !VERSIONS.has(this.#version)) {
      throw new ImportRefusal(
        `The HAR has version ${this.#version.slice(0, 20)}.`,
        'Only versions 1.1 and 1.2 are read. Export it in one of them.',
      )
    }
  }

  #candidate(value: unknown): Candidate {
    const entry = HarEntry.safeParse(value)
    if (entry.success) return toCandidate(entry.data, `Entry ${this.#entries}`)
    const [issue] = entry.error.issues
    const what =
      issue === undefined ? '' : `: ${['log', 'entries', this.#entries - 1, ...issue.path].join('.')}: ${issue.message}`
    throw new ImportRefusal(`Entry ${this.#entries} is none of a HAR${what}.`, 'Export it again, or mend that field.')
  }

  #refusal(what: string): ImportRefusal {
    const entry = this.#entries + this.#found.length + 1
    return new ImportRefusal(`Entry ${entry} ${what}.`, 'Record less in one file, or leave that entry out.')
  }
}
