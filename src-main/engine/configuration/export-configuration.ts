import { AppError } from '#shared/model/app-error.ts'
import { SECTIONS, type Section } from '#shared/model/configuration/configuration.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { SIGNING_SECRET } from '#shared/model/secret-name.ts'
import type { ConfiguredStores } from '../ports.ts'
import type { Registry } from '../registry.ts'
import type { ConfigurationApi } from './configuration-api.ts'
import { type Held, heldIn } from './describing/kinds.ts'
import { credentialParameters, holdsCredential } from './describing/mask-credentials.ts'
import { KEEP, toEntry } from './describing/to-entry.ts'

type Exported = Awaited<ReturnType<ConfigurationApi['export']>>

/** A project’s configuration as a file holds it. */
export async function exportConfiguration(
  { registry, store }: { registry: Registry; store: Pick<ConfiguredStores, 'sources' | 'secrets'> },
  projectId: ProjectId,
): Promise<Exported> {
  const all = SECTIONS.map((section) => [section, heldIn(section, registry, projectId)] as const)
  refuseSameNames(all)
  const sections: [string, Record<string, unknown>][] = []
  for (const [section, held] of all) {
    if (held.length === 0) continue
    const entries: [string, unknown][] = []
    for (const { name, id, describe } of held) {
      entries.push([name, { ...toEntry(describe()), ...(await secretsOf(store, section, id)) }])
    }
    sections.push([section, Object.fromEntries(entries)])
  }
  const endpoints = all.flatMap(([section, held]) => (section === 'endpoints' ? held : []))
  return {
    sections: Object.fromEntries(sections),
    warnings: endpoints.flatMap(({ value }) => warningsOf(value as Endpoint)),
  }
}

async function secretsOf(
  { sources, secrets }: Pick<ConfiguredStores, 'sources' | 'secrets'>,
  section: Section,
  id: string,
): Promise<object> {
  if (section === 'sources') {
    const roles = new Set((await sources.secrets(id as never)).map(({ role }) => role))
    return { ...(roles.has('signing') && { secrets: KEEP }), ...(roles.has('verify-token') && { verifyToken: KEEP }) }
  }
  if (section !== 'endpoints') return {}
  const names = new Set(
    (await secrets.list(id as never)).map(({ name }) => name).filter((name) => name !== SIGNING_SECRET),
  )
  return names.size === 0 ? {} : { secrets: Object.fromEntries([...names].toSorted().map((name) => [name, KEEP])) }
}

/** Throws `AppError` that names every name that two have. */
function refuseSameNames(all: readonly (readonly [Section, readonly Held[]])[]): void {
  const twice = all.flatMap(([, held]) => {
    const byName = Map.groupBy(held, ({ name }) => name)
    return [...byName].filter(([, same]) => same.length > 1)
  })
  if (twice.length === 0) return
  const words = twice.map(([name, same]) => `“${name}” (${same.map(({ id }) => id).join(', ')})`)
  throw new AppError('ambiguous_name', `Several endpoints have the same name: ${words.join('; ')}.`, {
    hint: 'Files tell endpoints by their names: give each one of its own first.',
  })
}

function warningsOf({ version: { config } }: Endpoint): Exported['warnings'] {
  const path = ['endpoints', config.name]
  const headers = config.headers.filter(holdsCredential).map(([name]) => ({
    path: [...path, 'headers', name],
    message: `The header ${name} holds a credential in clear, which was left with the relay: make it a secret, and write {secret.name} there.`,
  }))
  const parameters = credentialParameters(config.url).map((name) => ({
    path: [...path, 'url'],
    message: `The parameter ${name} of the URL holds a credential in clear, and so does this file: make it a secret, and write {secret.name} there.`,
  }))
  return [...headers, ...parameters]
}
