import { readFileSync } from 'node:fs'
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'

/** A file of settings, as it was written. */
export interface SettingsFile {
  values: Readonly<Record<string, unknown>>
  /** Where a value stands: `hookloop.yaml:7`. */
  placeOf(name: string): string
  /** Why it cannot be read, each with its line. */
  problems: readonly string[]
}

/** More is no list of settings; and a few words of YAML can ask for much. */
const MOST_BYTES = 256 * 1024
const MOST_ALIASES = 20

/** Reads YAML (or JSON, which it includes). Never throws: what is wrong stands in its problems. */
export function readSettingsFile(path: string): SettingsFile {
  let source: string
  try {
    source = readFileSync(path, 'utf8')
  } catch (error) {
    return failed(path, `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (source.length > MOST_BYTES) return failed(path, 'is longer than settings ever are')
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false })
  const problems = document.errors.map(({ message, pos: [at] }) => `${path}:${lines.linePos(at).line}: ${message}`)
  const { contents } = document
  if (problems.length === 0 && contents !== null && !isMap(contents)) {
    return failed(path, 'must hold settings, one to a line: `port: 4780`')
  }
  const places = new Map<string, number>()
  for (const { key } of isMap(contents) ? contents.items : []) {
    if (isScalar(key)) places.set(String(key.value), lines.linePos(key.range?.[0] ?? 0).line)
  }
  const placeOf = (name: string) => (places.has(name) ? `${path}:${places.get(name)}` : path)
  if (problems.length > 0) return { values: {}, placeOf, problems }
  try {
    const values = (document.toJS({ maxAliasCount: MOST_ALIASES }) ?? {}) as Record<string, unknown>
    return { values, placeOf, problems }
  } catch (error) {
    return failed(path, error instanceof Error ? error.message : String(error))
  }
}

function failed(path: string, problem: string): SettingsFile {
  return { values: {}, placeOf: () => path, problems: [`${path}: ${problem}`] }
}
