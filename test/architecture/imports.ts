import { posix } from 'node:path'
import { parseSync } from 'vite'

/** A file of the tree: its path from the root with forward slashes, and its text. */
export interface SourceFile {
  path: string
  text: string
}

export interface Import {
  from: string
  /** A path from the root, `node:…`, or a package's name with its subpath. */
  to: string
  /** Gone at run time. */
  typeOnly: boolean
  /** Loaded when it is asked for, by `import()`. */
  isDynamic: boolean
}

/** The folders that package.json's `imports` name. */
const ALIASES: Readonly<Record<string, string>> = { '#shared/': 'shared/', '#main/': 'src-main/', '#test/': 'test/' }

/** Several rules look at the same tree, and to parse it takes seconds. */
const known = new WeakMap<SourceFile, readonly Import[]>()

/** Every import and re-export of a file, dynamic ones with a literal included. */
export function importsOf(file: SourceFile): readonly Import[] {
  const imports = known.get(file) ?? readImports(file)
  known.set(file, imports)
  return imports
}

function readImports({ path, text }: SourceFile): readonly Import[] {
  const { module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`)
  const imports = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    isDynamic: false,
  }))
  const exports = module.staticExports
    .flatMap((statement) => statement.entries)
    .flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ specifier: moduleRequest.value, typeOnly: isType, isDynamic: false }] : [],
    )
  const dynamic = module.dynamicImports
    .map(({ moduleRequest }) => /^(['"`])(.*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[2])
    .flatMap((specifier) => (specifier === undefined ? [] : [{ specifier, typeOnly: false, isDynamic: true }]))
  return [...imports, ...exports, ...dynamic].map(({ specifier, ...kind }) => ({
    from: path,
    to: resolve(path, specifier),
    ...kind,
  }))
}

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  const alias = Object.keys(ALIASES).find((prefix) => specifier.startsWith(prefix))
  return alias === undefined ? specifier : `${ALIASES[alias]}${specifier.slice(alias.length)}`
}
