/** What a person typed, read as JSON; or the line at which that fails, counted from 1. */
export type ReadJson = { value: unknown } | { line: number; message: string }

export function readJson(text: string): ReadJson {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    const message = error instanceof Error ? error.message : 'This is not JSON'
    return { line: failingLine(text, message), message: plainMessage(message) }
  }
}

function failingLine(text: string, message: string): number {
  const line = / line (\d+)/.exec(message)?.[1]
  if (line !== undefined) return Number(line)
  const position = / position (\d+)/.exec(message)?.[1]
  return lineAt(text, position === undefined ? text.trimEnd().length : Number(position))
}

function plainMessage(message: string): string {
  return message.replace(/ in JSON at position.*$/s, '').replace(/, ".*$/s, '')
}

const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g

interface Level {
  /** The key or index that is being read; null before the first. */
  key: string | null
  isList: boolean
}

/** The line, counted from 1, of what stands at a path of keys and indexes in a JSON text; the nearest one above where nothing does. */
export function lineOf(text: string, path: readonly string[]): number {
  const levels: Level[] = []
  let best = { depth: -1, at: 0 }
  let isKey = false
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const level = levels.at(-1)
    if (level && isKey && token.startsWith('"')) {
      level.key = String(JSON.parse(token))
      isKey = false
      best = closer(best, levels, { path, at: index })
    } else if (token === '{' || token === '[') {
      if (level?.isList) best = closer(best, levels, { path, at: index })
      levels.push({ key: token === '[' ? '0' : null, isList: token === '[' })
      isKey = token === '{'
    } else if (token === '}' || token === ']') {
      levels.pop()
      isKey = false
    } else if (token === ',' && level) {
      if (level.isList) level.key = String(Number(level.key) + 1)
      isKey = !level.isList
    } else if (level?.isList && token !== ':') best = closer(best, levels, { path, at: index })
  }
  return lineAt(text, best.at)
}

/** Takes a place that leads further along the path than the best one so far. */
function closer(
  best: { depth: number; at: number },
  levels: readonly Level[],
  { path, at }: { path: readonly string[]; at: number },
): { depth: number; at: number } {
  const leads = levels.length <= path.length && levels.every(({ key }, depth) => key === path[depth])
  return leads && levels.length > best.depth ? { depth: levels.length, at } : best
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}
