import { parseSync } from 'vite'
import type { SourceFile } from './imports.ts'
import { SCREENS } from './screens.ts'

/** A clause or fault, where it is proven, and what the first of those tests says. */
export interface Proven {
  id: string
  sentence: string
  files: readonly string[]
}

const FAMILIES: Readonly<Record<string, string>> = {
  CAP: 'Capture',
  ENG: 'Delivery engine',
  CRX: 'Crawlux',
  CRL: 'Crawlens',
  OPS: 'Integration operations',
  APC: 'ApifyCloud',
  LUM: 'Lumar',
  RPL: 'Replay',
  PRV: 'Providers',
  CHK: 'Checkup and workflows',
  REL: 'Relay and command line',
  DSK: 'Desktop',
  SEC: 'Safety',
  CP: 'Faults of capture',
  DL: 'Faults of delivery',
  EN: 'Faults of the engine',
  SE: 'Abuse',
  DA: 'Faults of stored data',
  M: 'Runtime facts',
}
const ID = `(?:${Object.keys(FAMILIES).join('|')})-?\\d+[a-z]?`
/** A test name begins with the ids that it proves. */
const NAME = new RegExp(`^((?:${ID}[,\\s]+)*${ID})\\b[:,]?\\s+(.*)`)

/** Every id that a test name begins with, in the order of the families. */
export function collectProven(tests: readonly SourceFile[]): Proven[] {
  const found = new Map<string, { sentence: string; files: Set<string> }>()
  for (const { path, text } of tests) {
    for (const name of testNames(path, text)) {
      const [, ids = '', sentence = ''] = NAME.exec(name) ?? []
      for (const id of ids.match(new RegExp(ID, 'g')) ?? []) {
        const entry = found.get(id) ?? { sentence, files: new Set() }
        found.set(id, { ...entry, files: entry.files.add(path) })
      }
    }
  }
  const proven = [...found].map(([id, { sentence, files }]) => ({ id, sentence, files: [...files].toSorted() }))
  return proven.toSorted((a, b) => familyOf(a.id) - familyOf(b.id) || a.id.localeCompare(b.id, 'en', { numeric: true }))
}

function familyOf(id: string): number {
  return Object.keys(FAMILIES).indexOf(/^[A-Z]+/.exec(id)?.[0] ?? '')
}

/** The first argument of every `it`, `test` and `describe` call, plain or chained. */
function testNames(path: string, text: string): string[] {
  const names: string[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const call = node as { type?: string; callee?: unknown; arguments?: { type: string; value?: unknown }[] }
    const name = call.arguments?.[0]?.value
    if (call.type === 'CallExpression' && typeof name === 'string' && isTestCall(call.callee)) names.push(name)
    Object.values(node).forEach(visit)
  }
  visit(parseSync(path, text).program)
  return names
}

function isTestCall(callee: unknown): boolean {
  if (typeof callee !== 'object' || callee === null) return false
  const node = callee as { name?: string; object?: unknown; callee?: unknown }
  return ['it', 'test', 'describe'].includes(node.name ?? '') || isTestCall(node.object) || isTestCall(node.callee)
}

/** From here on the page is written by hand. */
const BY_HAND = '## Not proven, and why'

/** `docs/coverage.md`; `before` is the page as it stood, whose part by hand stays. */
export function renderCoverage(proven: readonly Proven[], before = ''): string {
  const families = Map.groupBy(proven, ({ id }) => familyOf(id))
  const sections = [...families].map(([family, rows]) => {
    const hasScreens = rows.some(({ id }) => SCREENS[id] !== undefined)
    const lines = rows.map(({ id, sentence, files }) => {
      const screen = hasScreens ? `${SCREENS[id] ?? ''} | ` : ''
      return `| ${id} | ${escape(sentence)} | ${screen}${files.map(code).join(', ')} |`
    })
    const screen = hasScreens ? ['where a person does it | ', '--- | '] : ['', '']
    return [
      `## ${Object.values(FAMILIES)[family]}`,
      '',
      `| id | for one | ${screen[0]}proven in |`,
      `| --- | --- | ${screen[1]}--- |`,
      ...lines,
    ].join('\n')
  })
  return `# What is proven, and where

A test name begins with the clause or fault that it proves. \`npm run coverage\` writes this page from the tests; a test
fails where the two disagree.

${sections.join('\n\n')}
${before.includes(BY_HAND) ? `\n${before.slice(before.indexOf(BY_HAND))}` : ''}`
}

const code = (path: string) => `\`${path.replace(/^test\//, '')}\``
const escape = (text: string) => text.replaceAll('|', '\\|')

/** The ids and files that the page names, as `id: files`. */
export function readCoverage(page: string): string[] {
  const written = page.split(BY_HAND)[0] ?? ''
  return [...written.matchAll(/^\| (\S+) \|.*\| ([^|]*) \|$/gm)]
    .filter(([, id = '']) => new RegExp(`^${ID}$`).test(id))
    .map(([, id, files]) => `${id}: ${files}`)
}
