import { TOKEN } from '../../payload/json/layout/json-token.ts'

const OPENS = new Set(['{', '['])
const CLOSES = new Set(['}', ']'])

/** JSON with a line for each member. Only whitespace changes: every number and every escape stays as it was written. */
export function formatJson(text: string): string {
  let depth = 0
  let before = ''
  let written = ''
  const newLine = (): string => `\n${'  '.repeat(depth)}`
  for (const [token] of text.matchAll(TOKEN)) {
    if (/^\s/.test(token)) continue
    if (CLOSES.has(token)) depth -= 1
    const isEmptyPair = OPENS.has(before) && CLOSES.has(token)
    if (before === ',' || (OPENS.has(before) && !isEmptyPair) || (CLOSES.has(token) && !isEmptyPair))
      written += newLine()
    written += token === ':' ? ': ' : token
    if (OPENS.has(token)) depth += 1
    before = token
  }
  return written
}
