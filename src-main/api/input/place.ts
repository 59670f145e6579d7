import type { Place } from '../../engine/catalog/provider.ts'

/** Reads `header:X-Number`, `json:data.number`, `form:number` or `query:number`, as the contract has checked it. */
export function placeOf(text: string): Place {
  const colon = text.indexOf(':')
  const name = text.slice(colon + 1)
  switch (text.slice(0, colon)) {
    case 'header':
      return { header: name }
    case 'form':
      return { form: name }
    case 'query':
      return { query: name }
    default:
      return { json: name }
  }
}
