import { readYaml, type YamlFile } from '#main/compose/configuration/read-yaml.ts'
import { UsageError } from '../../exit.ts'
import { textFrom } from '../../options/inputs.ts'
import type { Terminal } from '../../terminal/terminal.ts'

/** As much as a project with a thousand endpoints has, and more. */
const BOUNDS = {
  mostBytes: 8 * 1024 * 1024,
  mostAliases: 1_000,
  asks: 'must hold sections, such as `endpoints:`',
}

/** Reads a file, or what is piped in. Throws `UsageError` that tells all that is wrong with it. */
export async function readConfigurationFile(path: string, terminal: Terminal): Promise<YamlFile> {
  const text = await textFrom('--file', path === '-' ? '-' : `@${path}`, terminal)
  const file = readYaml(text, path === '-' ? 'stdin' : path, BOUNDS)
  if (file.problems.length > 0) throw new UsageError(file.problems.join('\n'))
  return file
}

/** What the variables hold that the file names for its secrets, as far as they are set. */
export function variablesOf({ values }: Pick<YamlFile, 'values'>, env: NodeJS.ProcessEnv): Record<string, string> {
  const sources = Object.values(fieldsOf(values['sources'])).map(fieldsOf)
  const endpoints = Object.values(fieldsOf(values['endpoints'])).map(fieldsOf)
  const references = [
    ...sources.flatMap(({ secrets, verifyToken }) => [
      ...(Array.isArray(secrets) ? (secrets as unknown[]) : []),
      verifyToken,
    ]),
    ...endpoints.flatMap(({ secret, secrets }) => [secret, ...Object.values(fieldsOf(secrets))]),
  ]
  const names = references.map((reference) => fieldsOf(reference)['env']).filter((name) => typeof name === 'string')
  const set = names.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []))
  return Object.fromEntries(set)
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}
