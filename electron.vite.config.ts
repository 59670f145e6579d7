import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin, Rolldown } from 'vite'

/** A host that is not in the tree is not built: the product stands without its desktop. */
const entries = (candidates: Record<string, string>) =>
  Object.fromEntries(Object.entries(candidates).filter(([, path]) => existsSync(path)))

/**
 * Takes Node's own modules from the process in place of importing them. An import makes a copy of all that a module has
 * to offer, and for that loads it: with `node:http` a client of WebSockets that nobody here asked for.
 */
const nodeWithoutCopies: Plugin = {
  name: 'node-without-copies',
  renderChunk: (code) => ({ code: code.replaceAll(/^import (.+) from "(.+)";$/gm, withoutCopy), map: null }),
}

function withoutCopy(line: string, names: string, from: string): string {
  if (!isBuiltin(from)) return line
  const module = `globalThis.process.getBuiltinModule("${from}")`
  const [, whole, named] = /^(?:\* as )?([\w$]+)?(?:, )?(\{.+\})?$/.exec(names) ?? []
  const parts = [whole, named?.replaceAll(' as ', ': ')].filter((part) => part !== undefined)
  return `const ${parts.map((part) => `${part} = ${module}`).join(', ')};`
}

const PAGES = {
  index: resolve('src-renderer/index.html'),
  /** Stands in the window until the engine runs. */
  start: resolve('src-renderer/start.html'),
}

/**
 * What the window needs at once comes in one file, and what the page before it needs too in another: of sixty files,
 * looking each up and linking them took longer than running what they hold.
 */
function atOnce(id: string, modules: Rolldown.ChunkingContext): string | null {
  const next = (from: string) => modules.getModuleInfo(from)?.importedIds ?? []
  reached ??= { window: reach(PAGES.index, next), start: reach(PAGES.start, next) }
  if (!reached.window.has(id)) return null
  return reached.start.has(id) ? 'base' : 'window'
}
let reached: Record<'window' | 'start', ReadonlySet<string>> | null = null

function reach(page: string, next: (from: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set([page])
  // A set hands out what is added while it is walked through.
  for (const from of found) for (const to of next(from)) found.add(to)
  return found
}

const preload = entries({ preload: resolve('src-main/desktop/preload.ts') })

export default defineConfig({
  main: {
    plugins: [nodeWithoutCopies],
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rolldownOptions: {
        input: entries({
          desktop: resolve('src-main/desktop/main.ts'),
          relay: resolve('src-main/relay/main.ts'),
          cli: resolve('src-main/cli/main.ts'),
          'storage-worker': resolve('src-main/adapters/sqlite/storage/storage-worker.ts'),
          'search-thread': resolve('src-main/adapters/sqlite/search/thread/search-thread.ts'),
          'reading-thread': resolve('src-main/adapters/sqlite/reading/reading-thread.ts'),
          'checkpoint-thread': resolve('src-main/adapters/sqlite/writing/checkpoint-thread.ts'),
        }),
        output: { format: 'es' },
      },
    },
  },
  ...(Object.keys(preload).length > 0 && {
    preload: {
      build: {
        outDir: 'out/preload',
        externalizeDeps: false,
        rolldownOptions: { input: preload, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
      },
    },
  }),
  renderer: {
    root: 'src-renderer',
    plugins: [react(), tailwindcss()],
    build: {
      outDir: resolve('out/renderer'),
      emptyOutDir: true,
      minify: 'oxc',
      cssMinify: 'lightningcss',
      target: 'es2024',
      rolldownOptions: {
        input: PAGES,
        output: { codeSplitting: { groups: [{ name: atOnce, debugName: 'at once', tags: ['$initial'] }] } },
      },
    },
  },
})
