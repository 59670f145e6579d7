/** Keys and indexes from the root of a JSON value down to a place in it. */
export type JsonPath = readonly (string | number)[]

/** A key that stands after a full stop as it is. */
const PLAIN_KEY = /^[A-Za-z_][\w-]*$/

/** A place as people write it: `$.data.items[3].id`, `$["a b"]` for a key that is no plain word. */
export function formatJsonPath(path: JsonPath): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`
    return PLAIN_KEY.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
  })
  return `$${steps.join('')}`
}
