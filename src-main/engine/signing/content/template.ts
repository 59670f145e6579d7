export type Piece = { text: string } | { token: string }

const TOKEN = /\{([a-z][\w.-]*)\}/i

/** Templates are few and each is read for every message. */
const read = new Map<string, readonly Piece[]>()
const MAX_REMEMBERED = 1_000

/** A template's literal text and tokens, in order. */
export function piecesOf(template: string): readonly Piece[] {
  const known = read.get(template)
  if (known) return known
  const pieces = readPieces(template)
  if (read.size < MAX_REMEMBERED) read.set(template, pieces)
  return pieces
}

function readPieces(template: string): readonly Piece[] {
  const parts = template.split(TOKEN)
  return parts.flatMap((part, index): Piece[] => {
    if (index % 2 === 1) return [{ token: part }]
    return part === '' ? [] : [{ text: part }]
  })
}

/** Fills a template; null where a token has no value, so that what depends on it can be left out. */
export function fill(template: string, value: (token: string) => string | null): string | null {
  let filled = ''
  for (const piece of piecesOf(template)) {
    const part = 'text' in piece ? piece.text : value(piece.token)
    if (part === null) return null
    filled += part
  }
  return filled
}
