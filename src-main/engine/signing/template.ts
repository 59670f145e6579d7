export type Piece = { text: string } | { token: string }

const TOKEN = /\{([a-z][\w.-]*)\}/i

/** A template's literal text and tokens, in order. */
export function piecesOf(template: string): readonly Piece[] {
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
