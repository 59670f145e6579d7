import { existsSync, globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildIfStale } from '#main/cli/build.ts'
import { type Import, importsOf } from './imports.ts'
import { ROOT } from './source-tree.ts'

beforeAll(buildIfStale, 120_000)

interface Reached {
  chunks: ReadonlySet<string>
  /** What they import from outside. */
  outside: readonly string[]
}

/** What a built entry reaches, be it only when it is asked for unless told otherwise. */
function reachedBy(entry: string, isFollowed: (it: Import) => boolean = () => true): Reached {
  const chunks = new Set<string>()
  const outside = new Set<string>()
  const visit = (path: string): void => {
    if (chunks.has(path)) return
    chunks.add(path)
    for (const { to } of importsOfBuilt(path).filter(isFollowed)) {
      if (to.startsWith('out/')) visit(posix.normalize(to))
      else outside.add(to)
    }
  }
  visit(entry)
  return { chunks, outside: [...outside].toSorted() }
}

const importsOfBuilt = (path: string) => importsOf({ path, text: readFileSync(join(ROOT, path), 'utf8') })

/** The packages whose sources became part of a chunk. */
function packagesIn(chunk: string): string[] {
  // The builder's own helpers have no sources.
  if (!existsSync(join(ROOT, `${chunk}.map`))) return []
  const { sources } = JSON.parse(readFileSync(join(ROOT, `${chunk}.map`), 'utf8')) as { sources: string[] }
  return sources.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [])
}

describe('bundles', () => {
  it.for(['relay', 'cli'])('%s runs without Electron: it imports Node’s own modules and SQLite alone', (name) => {
    const foreign = reachedBy(`out/main/${name}.js`).outside.filter((specifier) => !isBuiltin(specifier))
    expect(foreign.filter((specifier) => specifier !== 'better-sqlite3')).toEqual([])
  })

  it.runIf(existsSync(join(ROOT, 'src-main/desktop')))('desktop imports Electron besides', () => {
    expect(reachedBy('out/main/desktop.js').outside).toContain('electron')
  })

  it('the relay starts without what it may never need: the client of deliveries, GraphQL, YAML, traces', () => {
    const serve = [...reachedBy('out/main/relay.js').chunks].find((path) => path.includes('/serve-'))
    const { chunks } = reachedBy(serve!, ({ isDynamic }) => !isDynamic)
    const loaded = new Set([...chunks].flatMap(packagesIn))
    expect(loaded).toContain('zod')
    const late = ['undici', 'graphql', 'graphql-yoga', 'yaml', '@opentelemetry/sdk-trace']
    expect(late.filter((name) => loaded.has(name))).toEqual([])
  })

  it('no host copies a whole module of Node by importing it, which would load all that the module can offer', () => {
    const { chunks } = reachedBy('out/main/relay.js')
    const imports = [...chunks].flatMap(importsOfBuilt).filter(({ isDynamic }) => !isDynamic)
    expect(imports.filter(({ to }) => isBuiltin(to) && to !== 'node:module')).toEqual([])
  })

  it('the window imports nothing of Node', () => {
    const files = globSync('out/renderer/**/*.js', { cwd: ROOT })
    expect(files).not.toEqual([])
    const imports = files.flatMap(importsOfBuilt)
    expect(imports.filter(({ to }) => !to.startsWith('out/renderer/'))).toEqual([])
  })
})
