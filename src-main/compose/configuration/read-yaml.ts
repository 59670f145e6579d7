import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'

/** YAML as it was written. */
export interface YamlFile {
  values: Readonly<Record<string, unknown>>
  /** Where what a path leads to stands, or else as far as it leads: `hookloop.yaml:7`. */
  placeOf(path: readonly string[]): string
  /** Why it cannot be read, each with its line. */
  problems: readonly string[]
}

export interface YamlBounds {
  mostBytes: number
  /** A few words of YAML can ask for much. */
  mostAliases: number
  /** What to say of a file that holds no names with values. */
  asks: string
}

/** Reads YAML (or JSON, which it includes). Never throws: what is wrong stands in its problems. */
export function readYaml(source: string, name: string, { mostBytes, mostAliases, asks }: YamlBounds): YamlFile {
  if (source.length > mostBytes) return unreadable(name, `is longer than ${mostBytes / 1024} KiB`)
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false })
  const problems = document.errors.map(({ message, pos: [at] }) => `${name}:${lines.linePos(at).line}: ${message}`)
  const { contents } = document
  if (problems.length === 0 && contents !== null && !isMap(contents)) return unreadable(name, asks)

  function placeOf(path: readonly string[]): string {
    let found: number | undefined
    let node: unknown = contents
    for (const segment of path) {
      const inner: unknown = isMap(node)
        ? node.items.find(({ key }) => isScalar(key) && String(key.value) === segment)
        : isSeq(node)
          ? node.items[Number(segment)]
          : undefined
      const marked = isPair(inner) ? inner.key : inner
      const start = rangeOf(marked)
      if (inner === undefined || start === undefined) break
      found = start
      node = isPair(inner) ? inner.value : inner
    }
    return found === undefined ? name : `${name}:${lines.linePos(found).line}`
  }

  if (problems.length > 0) return { values: {}, placeOf, problems }
  try {
    const values = (document.toJS({ maxAliasCount: mostAliases }) ?? {}) as Record<string, unknown>
    return { values, placeOf, problems }
  } catch (error) {
    return unreadable(name, error instanceof Error ? error.message : String(error))
  }
}

/** A file that gives nothing but the reason for it. */
export function unreadable(name: string, problem: string): YamlFile {
  return { values: {}, placeOf: () => name, problems: [`${name}: ${problem}`] }
}

function rangeOf(node: unknown): number | undefined {
  return (node as { range?: readonly [number, number, number] | null } | null | undefined)?.range?.[0]
}
