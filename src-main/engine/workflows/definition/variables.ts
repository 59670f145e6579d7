import type { Variables } from '#shared/model/workflows/workflow.ts'

const TOKEN = /\{variable\.([A-Za-z][A-Za-z0-9_]*)\}/g

/** The text with each `{variable.name}` that is known replaced, once: what a variable holds is never read again. */
export function fillText(text: string, variables: Variables): string {
  return text.replaceAll(TOKEN, (token, name: string) => (Object.hasOwn(variables, name) ? variables[name]! : token))
}

/** A JSON value with its texts filled; names of fields stay as they are. */
export function fillValue(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return fillText(value, variables)
  if (Array.isArray(value)) return value.map((each) => fillValue(each, variables))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fillValue(each, variables)]))
}

/** The names of the variables that stand in a JSON value. */
export function variablesIn(value: unknown): ReadonlySet<string> {
  return new Set([...JSON.stringify(value ?? null).matchAll(TOKEN)].map(([, name]) => name!))
}

/** Whether a variable decides to which host a URL goes. */
export function variesInHost(url: string): boolean {
  // The scheme counts too: a variable there can bring an authority of its own. So do slashes more than two.
  const [start = url] = /^[^/?#]*\/*[^/?#]*/.exec(url) ?? []
  return variablesIn(start).size > 0
}
