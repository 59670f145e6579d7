import type { EventRecord } from '#shared/model/event.ts'
import { parseJson } from '#shared/model/parse-json.ts'
import type { TransformationInput } from './compile-transformation.ts'

/** What an expression sees: header names in small letters; a name that comes more than once has a list. */
export function transformationInput(event: EventRecord, body: Uint8Array): TransformationInput {
  const { id, type, method, path } = event
  return {
    id,
    type,
    method,
    path,
    query: gathered([...new URLSearchParams(event.query ?? '')]),
    headers: gathered(event.headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: parseJson(body) ?? new TextDecoder().decode(body),
  }
}

function gathered(pairs: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  // Without a prototype a field can have any name.
  const fields: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of pairs) {
    const before = fields[name]
    fields[name] = before === undefined ? value : [before, value].flat()
  }
  return fields
}
