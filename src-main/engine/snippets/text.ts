/** Lines of code; what is null or undefined is left out, lists stand in place. */
export type Lines = readonly (string | null | undefined | Lines)[]

/** The lines one below the other, with a line break at the end; blank lines never follow each other. */
export function codeText(lines: Lines): string {
  const flat = flatten(lines)
  return `${flat.filter((line, index) => line !== '' || (index > 0 && flat[index - 1] !== '')).join('\n')}\n`
}

/** The same lines, further in; blank ones stay blank. */
export function indented(by: string, lines: Lines): string[] {
  return flatten(lines).map((line) => (line === '' ? '' : by + line))
}

function flatten(lines: Lines): string[] {
  return lines.flatMap((line) => {
    if (line === null || line === undefined) return []
    return typeof line === 'string' ? [line] : flatten(line)
  })
}

/** `standard-webhooks-v1a` as `StandardWebhooksV1a`. */
export function pascalCase(id: string): string {
  return id.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

export function snakeCase(id: string): string {
  return id.replaceAll('-', '_')
}
