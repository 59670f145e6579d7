import { importsOf, type Import, type SourceFile } from './imports.ts'

/**
 * Who may import whom. The first line whose `files` fits decides; an import must fit one of `may`.
 * Patterns: a path or package by its start, up to a slash or the end; `type ` before it allows types alone.
 */
interface Rule {
  name: string
  files: RegExp
  may: readonly string[]
}

const ENGINE_ENTRY = [
  'src-main/engine/engine.ts',
  'src-main/engine/feed.ts',
  'src-main/engine/catalog/provider.ts',
  'type src-main/engine/ports.ts',
  'type src-main/engine/ports',
]
/** Libraries that compute and touch nothing outside. */
const PURE_LIBRARIES = ['ajv', 'croner', 'eventsource-parser', 'ipaddr.js', 'jsonata', 're2js']
const RENDERER_PACKAGES = [
  'zod/mini',
  'react',
  'react-dom',
  '@tanstack',
  '@orpc',
  'radix-ui',
  'lucide-react',
  'diff',
  'cmdk',
  'xml-formatter',
  'uplot',
  '@codemirror',
  '@lezer',
]
const RENDERER_SHARED = ['shared/model', 'type shared/contract', ...RENDERER_PACKAGES]

export const RULES: readonly Rule[] = [
  { name: 'model', files: /^shared\/model\//, may: ['shared/model', 'zod'] },
  { name: 'contract', files: /^shared\/contract\//, may: ['shared/contract', 'shared/model', 'zod', '@orpc/contract'] },
  {
    name: 'engine, where it looks for what became of a body',
    files: /^src-main\/engine\/signing\/doctor\/body\//,
    may: ['src-main/engine', 'shared/model', 'node:zlib'],
  },
  {
    name: 'engine, where it looks into answers that came packed',
    files: /^src-main\/engine\/delivery\/masking\//,
    may: ['src-main/engine', 'shared/model', 'zod', 'node:zlib'],
  },
  {
    name: 'engine, where it signs, seals and chains',
    files: /^src-main\/engine\/(signing|secrets|audit)\//,
    may: ['src-main/engine', 'shared/model', 'zod', 'node:crypto'],
  },
  { name: 'engine', files: /^src-main\/engine\//, may: ['src-main/engine', 'shared/model', 'zod', ...PURE_LIBRARIES] },
  {
    name: 'providers',
    files: /^src-main\/providers\//,
    may: ['src-main/providers', 'shared/model', 'src-main/engine/catalog/provider.ts', 'type src-main/engine/signing'],
  },
  adapter('memory', []),
  adapter('sqlite', ['better-sqlite3', '@streamparser/json']),
  adapter('keyfile', []),
  adapter('system', ['pino']),
  adapter('undici', ['undici']),
  { name: 'listener', files: /^src-main\/listener\//, may: ['src-main/listener', ...ENGINE_ENTRY, 'node:*'] },
  {
    name: 'capture server',
    files: /^src-main\/capture-server\//,
    may: ['src-main/capture-server', 'src-main/listener', ...ENGINE_ENTRY, 'shared', 'zod', 'node:*'],
  },
  {
    name: 'api',
    files: /^src-main\/api\//,
    may: [
      'src-main/api',
      'src-main/listener',
      ...ENGINE_ENTRY,
      'shared',
      '@orpc',
      'graphql',
      'graphql-yoga',
      'zod',
      'node:*',
    ],
  },
  {
    name: 'compose',
    files: /^src-main\/compose\//,
    may: [
      ...['api', 'adapters', 'capture-server', 'compose', 'engine', 'listener', 'providers'].map(
        (it) => `src-main/${it}`,
      ),
      'shared',
      'zod',
      'env-paths',
      'yaml',
      'prom-client',
      '@opentelemetry',
      'node:*',
    ],
  },
  { name: 'preload', files: /^src-main\/desktop\/preload\.ts$/, may: ['electron'] },
  host('desktop', ['electron', 'electron-updater']),
  host('relay', ['commander']),
  host('cli', ['commander', '@orpc', 'better-sqlite3', 'cli-truncate', 'string-width', 'wrap-ansi', 'yaml']),
  {
    name: 'renderer app',
    files: /^src-renderer\/(app|placeholder)/,
    may: ['app', 'features', 'ui', 'platform', 'styles'].map((it) => `src-renderer/${it}`).concat(RENDERER_SHARED),
  },
  {
    name: 'renderer start page',
    files: /^src-renderer\/start\//,
    may: ['start', 'ui', 'platform', 'styles'].map((it) => `src-renderer/${it}`).concat(RENDERER_SHARED),
  },
  {
    name: 'renderer feature',
    files: /^src-renderer\/features\//,
    may: ['src-renderer/features/<own>', 'src-renderer/ui', 'src-renderer/platform', ...RENDERER_SHARED],
  },
  {
    name: 'renderer ui',
    files: /^src-renderer\/ui\//,
    may: ['src-renderer/ui', 'src-renderer/platform', ...RENDERER_SHARED],
  },
  { name: 'renderer platform', files: /^src-renderer\/platform\//, may: ['src-renderer/platform', ...RENDERER_SHARED] },
  { name: 'tests and tools', files: /^(test\/|packaging\/|[^/]+\.config\.ts$)/, may: ['*'] },
]

/** An adapter knows the engine's ports, the model and its one library. */
function adapter(name: string, library: readonly string[]): Rule {
  return {
    name: `${name} adapter`,
    files: new RegExp(`^src-main/adapters/${name}/`),
    may: [
      `src-main/adapters/${name}`,
      'src-main/engine/ports.ts',
      'src-main/engine/ports',
      'shared/model',
      'zod',
      'node:*',
      ...library,
    ],
  }
}

/** A host starts what compose wires and knows no other host. */
function host(name: string, libraries: readonly string[]): Rule {
  return {
    name: `${name} host`,
    files: new RegExp(`^src-main/${name}/`),
    may: [`src-main/${name}`, 'src-main/compose', 'shared', 'zod', 'node:*', ...libraries],
  }
}

/** One sentence for each import that no rule allows, and for each file that no rule knows. */
export function findForbidden(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const rule = RULES.find((candidate) => candidate.files.test(file.path))
    if (rule === undefined) return [`${file.path} stands outside of every rule`]
    return importsOf(file)
      .filter((each) => !rule.may.some((pattern) => allows(pattern, each)))
      .map((each) => `${each.from} may not import ${each.to} (${rule.name})`)
  })
}

function allows(pattern: string, { from, to, typeOnly }: Omit<Import, 'isDynamic'>): boolean {
  if (pattern === '*') return true
  if (pattern.startsWith('type ')) return typeOnly && allows(pattern.slice(5), { from, to, typeOnly })
  if (pattern === 'node:*') return to.startsWith('node:')
  const start = pattern.replace('<own>', from.split('/')[2] ?? '')
  return to === start || to.startsWith(`${start}/`)
}
