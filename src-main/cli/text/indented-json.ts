/** JSON in lines, each number as it was written; what is no JSON stays as it is. */
export function indentedJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text, asWritten), null, 2)
  } catch {
    return text
  }
}

/** Newer than the types that describe JSON. */
const { rawJSON } = JSON as unknown as { rawJSON(source: string): unknown }

function asWritten(this: unknown, _: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined ? rawJSON(context.source) : value
}
