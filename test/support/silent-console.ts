import { afterAll, afterEach, beforeAll } from 'vitest'

/** What a test prints is noise that hides the next real warning: a test that prints fails. */
const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const
const printed: string[] = []
const original = Object.fromEntries(METHODS.map((method) => [method, console[method]])) as Pick<
  Console,
  (typeof METHODS)[number]
>

beforeAll(() => {
  for (const method of METHODS) {
    console[method] = (...values: unknown[]) => {
      printed.push(`console.${method}: ${values.map(String).join(' ')}`)
      original[method](...values)
    }
  }
})

afterEach(() => {
  const lines = printed.splice(0)
  if (lines.length > 0) throw new Error(`Unexpected output:\n${lines.join('\n')}`)
})

afterAll(() => Object.assign(console, original))
