import type { ContentTest } from '#shared/model/filter/meaning/event-passes.ts'

/** Written in JSON as they are, unless somebody writes them as escapes. */
const PLAIN = /^[\w .@-]+$/
const ESCAPE = String.raw`\u`

/** Whether a body cannot hold what a path leads to, for it names none of its keys: to read 10 MB as JSON takes far longer. */
export function lacksKeys(tests: readonly ContentTest[], body: Uint8Array): boolean {
  const keys = tests.flatMap((test) =>
    test.kind === 'json' && !test.negated
      ? test.path.flatMap((step) => (step.kind === 'key' && PLAIN.test(step.key) ? step.key : []))
      : [],
  )
  if (keys.length === 0) return false
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  return keys.some((key) => !bytes.includes(`"${key}"`)) && !bytes.includes(ESCAPE)
}
