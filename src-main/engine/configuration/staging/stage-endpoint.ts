import { AppError } from '#shared/model/app-error.ts'
import { EndpointFields } from '#shared/model/configuration/endpoint-fields.ts'
import type { EndpointEntry } from '#shared/model/configuration/entries.ts'
import type { PlannedField } from '#shared/model/configuration/plan.ts'
import type { SecretReference } from '#shared/model/configuration/secret-reference.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { SIGNING_SECRET } from '#shared/model/secret-name.ts'
import { resolvePolicy } from '../../delivery/policies.ts'
import type { Actor, EndpointChange } from '../../engine.ts'
import type { SealedSecret } from '../../ports.ts'
import { ofProject } from '../../registry.ts'
import { sameText } from '../../signing/digest.ts'
import { type GivenValues, nothingToKeep, valueOf } from './given-values.ts'
import type { Stage } from './stage.ts'

/** How long the secret before goes on signing beside a new one, as when a person rotates it. */
const OVERLAP_MS = 24 * 3_600_000

export interface WantedEndpoint {
  projectId: ProjectId
  name: string
  entry: EndpointEntry
  values: GivenValues
  actor: Actor
}

/** Makes an endpoint as its entry says, and resolves to what that does to its secrets. Throws `AppError` that names the field. */
export async function stageEndpoint(stage: Stage, wanted: WantedEndpoint): Promise<readonly PlannedField[]> {
  const { projectId, name, entry, actor } = wanted
  checkName(name)
  const current = ownEndpoint(stage, projectId, name)
  const { headers, secret: _, secrets: __, ...fields } = entry
  const change: EndpointChange & { name: string; url: string } = {
    ...fields,
    name,
    headers: headersOf(headers, current?.version.config.headers ?? []),
  }
  const stored = current ? newestOf(await stage.stores.secrets.list(current.id)) : new Map<string, SealedSecret>()
  const named = await namedChange(stage, wanted, stored)
  const signing = await signingChange(stage, wanted, stored.get(SIGNING_SECRET))
  const given = { ...change, secrets: named.values }
  if (!current) {
    const made = await stage.endpoints.create(projectId, { ...given, secret: signing.value }, actor)
    const isMade = made.secret !== null && signing.value === undefined
    return [...signing.fields, ...(isMade ? [madeSecret(null)] : []), ...named.fields]
  }
  // First, so that a signer that is new, too, finds a secret that it can sign with.
  const next = withSigner(current, entry)
  const isMade = signing.value === undefined && !(await canSign(stage, current, next))
  if (signing.value !== undefined || isMade)
    await stage.signingSecrets.rotate(next, { overlapMs: OVERLAP_MS, text: signing.value })
  // What is dropped stands in the plan: nothing is lost without a word.
  await stage.endpoints.update(current, { ...given, confirm: true }, actor)
  const made = isMade ? [madeSecret(stored.has(SIGNING_SECRET) ? 'stored' : null)] : []
  return [...signing.fields, ...made, ...named.fields]
}

/** As of a new endpoint that is given none: a person reveals it, its one time. */
function madeSecret(before: string | null): PlannedField {
  return { field: 'secret', before, after: 'made by the relay' }
}

/** The endpoint as whoever is to sign for it looks at it. */
function withSigner(endpoint: Endpoint, { provider, policy }: EndpointEntry): Endpoint {
  const { version } = endpoint
  return {
    ...endpoint,
    version: { ...version, config: { ...version.config, provider, policy: resolvePolicy(policy) } },
  }
}

/** Whether what it signs with now does for who is to sign. */
async function canSign({ signingSecrets }: Stage, current: Endpoint, { version }: Endpoint): Promise<boolean> {
  try {
    await signingSecrets.check(current, version.config)
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

function checkName(name: string): void {
  const named = EndpointFields.name.safeParse(name)
  if (named.success && named.data === name) return
  throw new AppError('invalid_request', 'An endpoint’s name has 1 to 100 characters, and no space at its ends.')
}

/** The endpoint of this name; undefined where there is none. Throws `AppError` where files do not keep it, or several have the name. */
function ownEndpoint(stage: Stage, projectId: ProjectId, name: string): Endpoint | undefined {
  const all = ofProject(stage.registry.endpoints, projectId).filter(({ version }) => version.config.name === name)
  const [first] = all
  if (all.length > 1) {
    throw new AppError(
      'ambiguous_name',
      `${all.length} endpoints are called “${name}”: ${all.map(({ id }) => id).join(', ')}.`,
      {
        hint: 'Files tell endpoints by their names: give each one of its own first, or delete those that are too many.',
      },
    )
  }
  if (first && first.version.config.role !== null) {
    throw new AppError('read_only', `“${name}” is kept by the callback of its project or account.`, {
      hint: 'Leave it out of the file: it follows apiCallbackUrl and apiCallbackHeaders.',
    })
  }
  if (first && first.version.config.kind !== null) {
    throw new AppError(
      'read_only',
      `“${name}” is an integration (${first.version.config.kind}), which files do not keep.`,
      {
        hint: 'Leave it out of the file: PUT /api/v1/sites/{siteId}/integrations/{provider} sets it.',
      },
    )
  }
  return first
}

/** The values that are to be kept come from the headers of the same name, in their order. */
function headersOf(wanted: EndpointEntry['headers'], stored: HeaderList): HeaderList {
  const left = [...stored]
  return wanted.map(([name, value], index): [string, string] => {
    const at = left.findIndex(([known]) => known.toLowerCase() === name.toLowerCase())
    const known = at === -1 ? undefined : left.splice(at, 1)[0]
    if (typeof value === 'string') return [name, value]
    if (known) return [name, known[1]]
    throw nothingToKeep(`headers.${index}.1`)
  })
}

/** The newest version of each secret, by name. */
function newestOf(stored: readonly SealedSecret[]): Map<string, SealedSecret> {
  return new Map(stored.toReversed().map((secret) => [secret.name, secret]))
}

async function namedChange(
  { keeper }: Stage,
  { entry, values }: WantedEndpoint,
  stored: ReadonlyMap<string, SealedSecret>,
): Promise<{ values: Record<string, string | null>; fields: readonly PlannedField[] }> {
  const changed = new Map<string, string | null>()
  const fields: PlannedField[] = []
  for (const [name, reference] of Object.entries(entry.secrets)) {
    const field = `secrets.${name}`
    const known = stored.get(name)
    const before = known ? 'stored' : null
    const value = reference === null ? null : textOf(reference, { known, values, field })
    if (value === undefined || (value === null && !known)) continue
    if (value !== null && known && sameText(await keeper.open(known), value)) continue
    changed.set(name, value)
    fields.push({ field, before, after: reference })
  }
  return { values: Object.fromEntries(changed), fields }
}

async function signingChange(
  { keeper }: Stage,
  { entry, values }: WantedEndpoint,
  known: SealedSecret | undefined,
): Promise<{ value: string | undefined; fields: readonly PlannedField[] }> {
  const { secret } = entry
  const value = secret && textOf(secret, { known, values, field: 'secret' })
  if (value === undefined || (known && sameText(await keeper.open(known), value)))
    return { value: undefined, fields: [] }
  return { value, fields: [{ field: 'secret', before: known ? 'stored' : null, after: secret ?? null }] }
}

/** Undefined where what is stored stays. */
function textOf(
  reference: SecretReference,
  { known, values, field }: { known: SealedSecret | undefined; values: GivenValues; field: string },
): string | undefined {
  if ('env' in reference) return valueOf(reference, values, field)
  if (known === undefined) throw nothingToKeep(field)
  return undefined
}
