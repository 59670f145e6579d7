/** A key of an object, a place in an array, or every place of one. */
export type JsonStep = { kind: 'key'; key: string } | { kind: 'index'; index: number } | { kind: 'every' }
export type JsonPath = readonly JsonStep[]

const PLAIN_KEY = /^[\p{L}\p{N}_@-]+/u
const INDEX = /^\[(\d{1,9}|\*)\]/
const QUOTED_KEY = /^\["((?:[^"\\]|\\.)*)"\]/

/** Reads `$.data.items[0].id`, `$.items[*]["odd key"]`; null where it is no such path. */
export function readJsonPath(text: string): JsonPath | null {
  if (!text.startsWith('$')) return null
  const steps: JsonStep[] = []
  let rest = text.slice(1)
  while (rest !== '') {
    const found = stepAt(rest)
    if (!found) return null
    steps.push(found.step)
    rest = rest.slice(found.length)
  }
  return steps
}

function stepAt(rest: string): { step: JsonStep; length: number } | null {
  const index = INDEX.exec(rest)
  if (index) {
    const step: JsonStep = index[1] === '*' ? { kind: 'every' } : { kind: 'index', index: Number(index[1]) }
    return { step, length: index[0].length }
  }
  const quoted = QUOTED_KEY.exec(rest)
  if (quoted) return { step: { kind: 'key', key: unescaped(quoted[1]!) }, length: quoted[0].length }
  const plain = rest.startsWith('.') ? PLAIN_KEY.exec(rest.slice(1)) : null
  return plain && { step: { kind: 'key', key: plain[0] }, length: plain[0].length + 1 }
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gs, '$1')
}

/** The path of keys and places from the root down. */
export function pathOfKeys(keys: readonly (string | number)[]): JsonPath {
  return keys.map((key) => (typeof key === 'number' ? { kind: 'index', index: key } : { kind: 'key', key }))
}

/** The path as `readJsonPath` reads it. */
export function formatJsonPath(path: JsonPath): string {
  return `$${path.map(formatStep).join('')}`
}

function formatStep(step: JsonStep): string {
  switch (step.kind) {
    case 'index':
      return `[${step.index}]`
    case 'every':
      return '[*]'
    case 'key':
      return PLAIN_KEY.exec(step.key)?.[0] === step.key
        ? `.${step.key}`
        : `["${step.key.replaceAll(/["\\]/g, '\\$&')}"]`
  }
}
