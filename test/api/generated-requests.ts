import { createGeneratorSync, type JsonSchema } from 'json-schema-faker'

/** An operation of an OpenAPI document, as far as requests are made from it. */
export interface Operation {
  parameters?: readonly { name: string; in: 'path' | 'query'; required?: boolean; schema: JsonSchema }[]
  requestBody?: { content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}

export interface GeneratedRequest {
  path: string
  body: unknown
}

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** What is put where something else belongs. */
const WRONG: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'x'.repeat(40_000),
  '\u0000\r\n',
  [],
  [[[[]]]],
  {},
  { __proto__: null, toString: 1 },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  '../../etc/passwd',
  "' OR 1=1 --",
  '{secret.name}',
]

/** What the document can only call text: most random text is no filter. */
const FILTERS = ['type:order.*', 'state:failed', '-verdict:invalid since:1h', '$.total>=1', '"paid"']

/** Makes requests from the document, the same for the same seed. `known` are ids of things that are there, by their list’s path. */
export function createRequestMaker(seed: number, known: (listPath: string) => readonly string[]) {
  const generator = createGeneratorSync({ seed, optionalsProbability: 0.6, maxItems: 3, maxLength: 40 } as never)
  let state = seed
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const pick = <T>(from: readonly T[]): T | undefined => from[below(from.length)]

  function idFor(path: string, name: string, schema: JsonSchema): string {
    const list = path.slice(0, path.indexOf(`/{${name}}`))
    return (below(10) > 0 ? pick(known(list)) : undefined) ?? (String(generator.generate(schema)) || 'x')
  }

  let filters = 0
  /** In turn, and the text as it was made in the last turn. */
  const filterOr = (text: string): string => FILTERS[filters++ % (FILTERS.length + 1)] ?? text

  function make(path: string, operation: Operation): GeneratedRequest {
    const query = new URLSearchParams()
    let filled = path
    for (const { name, in: place, required, schema } of operation.parameters ?? []) {
      if (place === 'path') filled = filled.replace(`{${name}}`, encodeURIComponent(idFor(path, name, schema)))
      else if (name === 'project') continue
      else if (required || below(3) === 0) {
        const text = String(generator.generate(schema))
        query.set(name, name === 'filter' ? filterOr(text) : text)
      }
    }
    const content = operation.requestBody?.content['application/json']
    const body = content ? generator.generate(content.schema) : undefined
    // As in the query: a project of random letters is not there, and nothing else of the call would be tried.
    if (isFields(body)) delete body['project']
    if (isFields(body) && typeof body['filter'] === 'string') body['filter'] = filterOr(body['filter'])
    return { path: filled + (query.size > 0 ? `?${String(query)}` : ''), body }
  }

  /** One thing of a request made wrong: a field, the whole body, a parameter, or something nobody asked for. */
  function spoil(request: GeneratedRequest): GeneratedRequest {
    const { body, path } = request
    const wrong = pick(WRONG)
    if (typeof body !== 'object' || body === null || below(6) === 0) {
      return below(2) === 0
        ? {
            path: `${path}${path.includes('?') ? '&' : '?'}limit=${encodeURIComponent(JSON.stringify(wrong)?.slice(0, 2_000) ?? '')}`,
            body,
          }
        : { path, body: body === undefined ? undefined : wrong }
    }
    const copy = structuredClone(body) as Record<string, unknown>
    const names = Object.keys(copy)
    const name = pick(names)
    if (name === undefined || below(4) === 0) copy['nobodyAskedForThis'] = wrong
    else if (below(3) === 0) delete copy[name]
    else copy[name] = wrong
    return { path, body: copy }
  }

  return { make, spoil }
}
