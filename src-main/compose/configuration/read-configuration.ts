import { readFileSync } from 'node:fs'
import { StartError } from '../start-error.ts'
import { type FieldName, Fields, flagOf, variableOf } from './fields.ts'
import type { YamlFile } from './read-yaml.ts'

/** Everything that was wrong, one to a line. */
export class ConfigurationError extends StartError {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'), 'Nothing was started. hookloop serve --help names all settings.')
    this.name = 'ConfigurationError'
  }
}

export interface Configuration extends Omit<Fields, 'mode' | 'tlsCert' | 'tlsKey'> {
  mode: 'local' | 'team'
  tls: { cert: string; key: string } | null
}

export interface Given {
  /** By flags, under the names of the fields. */
  flags: Readonly<Partial<Record<FieldName, string>>>
  env: NodeJS.ProcessEnv
  /** As it was read; null for none. */
  file: YamlFile | null
}

const NAMES = Object.keys(Fields.shape) as FieldName[]
const LOOPBACK = new Set(['127.0.0.1', '::1'])

/** What a relay is to be: a flag counts more than a variable, and that more than the file. Throws `ConfigurationError`. */
export function readConfiguration({ flags, env, file: settings }: Given): Configuration {
  const places = new Map<string, string>()
  const values: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(settings?.values ?? {})) {
    if (value !== null) put(name, value, `${settings!.placeOf([name])}: ${name}`)
  }
  for (const name of NAMES) {
    const variable = env[variableOf(name)]
    if (variable) put(name, variable, variableOf(name))
    const flag = flags[name]
    if (flag !== undefined) put(name, flag, flagOf(name))
  }
  const parsed = Fields.safeParse(values)
  const problems = [
    ...(settings?.problems ?? []),
    ...(parsed.error?.issues ?? []).flatMap((issue) => told(issue, settings)),
  ]
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(problems)
  return withFiles(parsed.data)

  function put(name: string, value: unknown, place: string): void {
    values[name] = value
    places.set(name, place)
  }

  function told(issue: { code: string; path: PropertyKey[]; message: string; keys?: string[] }, from: YamlFile | null) {
    if (issue.code !== 'unrecognized_keys') return `${places.get(String(issue.path[0]))} ${issue.message}`
    return (issue.keys ?? []).map((key) => `${from?.placeOf([key])}: ${key} is no setting${nearest(key)}`)
  }
}

/** Reads what the settings name, and checks what they mean together. */
function withFiles({ mode, tlsCert, tlsKey, ...fields }: Fields): Configuration {
  const problems: string[] = []
  const isOpen = !LOOPBACK.has(fields.host)
  if (isOpen && mode === 'local') {
    problems.push(
      `host ${fields.host} is reached from other machines: that is mode team, in which everybody needs a key`,
    )
  }
  const effective = isOpen ? 'team' : (mode ?? 'local')
  if (isOpen && fields.publicUrl === undefined && fields.allowedHosts.length === 0) {
    problems.push(`publicUrl is missing: say under which address people reach ${fields.host}, or nobody is answered`)
  }
  if (effective === 'local' && fields.trustedProxies.length > 0)
    problems.push('trustedProxies means something in mode team only')
  if (effective === 'local' && fields.allowPrivate.length > 0)
    problems.push('allowPrivate means something in mode team only')
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    problems.push('tlsCert and tlsKey go together: give both or none')
  const tls =
    tlsCert !== undefined && tlsKey !== undefined ? { cert: pem('tlsCert', tlsCert), key: pem('tlsKey', tlsKey) } : null
  if (problems.length > 0) throw new ConfigurationError(problems)
  return { ...fields, mode: effective, tls }

  function pem(name: string, path: string): string {
    try {
      const content = readFileSync(path, 'utf8')
      if (!content.includes('-----BEGIN ')) problems.push(`${name} ${path} is no PEM file`)
      return content
    } catch (error) {
      problems.push(`${name} ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
      return ''
    }
  }
}

/** A name that was most likely meant. */
function nearest(key: string): string {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '')
  const found = NAMES.find((name) => plain(name) === plain(key))
  return found === undefined ? '' : `: write ${found}`
}
