import type { Failure } from '#shared/model/failure.ts'
import type { HeaderList } from '#shared/model/header.ts'
import { isHeaderValue } from '../../header-rules.ts'
import { fillTemplate, secretNames, templateFailure, type NamedSecrets } from './secret-template.ts'

/** An endpoint's headers with their tokens filled, and as they are shown; the failure names header and secret alone. */
export function filledHeaders(
  templates: HeaderList,
  secrets: NamedSecrets,
): { headers: HeaderList; shown: HeaderList } | { failure: Failure } {
  for (const [name, template] of templates) {
    const failure =
      templateFailure(template, `The header ${name.slice(0, 60)}`, secrets) ?? unfit(name, template, secrets)
    if (failure) return { failure }
  }
  if (!templates.some(([, template]) => secretNames(template).length > 0))
    return { headers: templates, shown: templates }
  const headers = templates.map(([name, template]): [string, string] => [
    name,
    fillTemplate(template, (secret) => secrets.get(secret) ?? ''),
  ])
  return { headers, shown: templates }
}

function unfit(name: string, template: string, secrets: NamedSecrets): Failure | null {
  const broken = secretNames(template).find((secret) => !isHeaderValue(secrets.get(secret) ?? ''))
  if (broken === undefined) return null
  const detail = `The secret “${broken}” in header ${name.slice(0, 60)} holds a line break or another character that headers cannot carry`
  return { code: 'header_invalid', phase: 'build', detail }
}
