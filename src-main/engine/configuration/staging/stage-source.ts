import { DEFAULT_ANSWER } from '#shared/model/source.ts'
import { AppError } from '#shared/model/app-error.ts'
import type { SourceEntry } from '#shared/model/configuration/entries.ts'
import type { PlannedField } from '#shared/model/configuration/plan.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { Slug } from '#shared/model/project.ts'
import type { AnswerChange } from '../../capture/answer-change.ts'
import type { SourceChange } from '../../capture/sources-api.ts'
import type { SealedSourceSecret } from '../../ports.ts'
import { ofProject } from '../../registry.ts'
import { sameText } from '../../signing/digest.ts'
import { type GivenValues, nothingToKeep, valueOf } from './given-values.ts'
import type { Stage } from './stage.ts'

/** Makes a source as its entry says, and resolves to what that does to its secrets. Throws `AppError` that names the field. */
export async function stageSource(
  stage: Stage,
  {
    projectId,
    name: slug,
    entry,
    values,
  }: { projectId: ProjectId; name: string; entry: SourceEntry; values: GivenValues },
): Promise<readonly PlannedField[]> {
  const named = Slug.safeParse(slug)
  if (!named.success)
    throw new AppError('invalid_request', `A source’s slug does not fit: ${named.error.issues[0]?.message}.`)
  const current = ofProject(stage.registry.sources, projectId).find((source) => source.slug === slug)
  const stored = current ? await stage.stores.sources.secrets(current.id) : []
  const signing = await signingChange(stage, entry.secrets, { stored: ofRole(stored, 'signing'), values })
  const token = await tokenChange(stage, entry.verifyToken, { stored: ofRole(stored, 'verify-token')[0], values })
  const { name = slug, answer, secrets: _, verifyToken: __, ...fields } = entry
  const change: SourceChange & { name: string } = {
    ...fields,
    name,
    answer: wholeAnswer(answer),
    ...signing.change,
    ...token.change,
  }
  if (current) await stage.sources.update(current, change)
  else await stage.sources.create(projectId, { ...change, slug })
  return [...signing.fields, ...token.fields]
}

/** What it is to answer, with nothing left of what it answered before. */
function wholeAnswer(answer: SourceEntry['answer']): AnswerChange {
  if (answer?.script !== undefined) return { ...answer, atEnd: answer.atEnd ?? 'stay' }
  return { ...DEFAULT_ANSWER, ...answer }
}

function ofRole(secrets: readonly SealedSourceSecret[], role: SealedSourceSecret['role']) {
  return secrets.filter((secret) => secret.role === role)
}

interface SecretsChange {
  change: Pick<SourceChange, 'secrets' | 'verifyToken'>
  fields: readonly PlannedField[]
}

const STAYS: SecretsChange = { change: {}, fields: [] }

async function signingChange(
  { keeper }: Stage,
  wanted: SourceEntry['secrets'],
  { stored, values }: { stored: readonly SealedSourceSecret[]; values: GivenValues },
): Promise<SecretsChange> {
  if (wanted === undefined) return STAYS
  if ('keep' in wanted) {
    if (stored.length === 0) throw nothingToKeep('secrets')
    return STAYS
  }
  const texts = wanted.map((reference, index) => valueOf(reference, values, `secrets.${index}`))
  const left = await Promise.all(stored.map(async (secret) => ({ id: secret.id, text: await keeper.open(secret) })))
  const isSame = texts.length === left.length && texts.every((text, index) => sameText(text, left[index]!.text))
  if (isSame) return STAYS
  const secrets = texts.map((text) => {
    const at = left.findIndex((each) => sameText(each.text, text))
    return at === -1 ? text : { id: left.splice(at, 1)[0]!.id }
  })
  return { change: { secrets }, fields: [{ field: 'secrets', before: storedWords(stored.length), after: wanted }] }
}

const storedWords = (count: number) => (count === 0 ? null : `${count} stored`)

async function tokenChange(
  { keeper }: Stage,
  wanted: SourceEntry['verifyToken'],
  { stored, values }: { stored: SealedSourceSecret | undefined; values: GivenValues },
): Promise<SecretsChange> {
  const field = 'verifyToken'
  const before = stored === undefined ? null : 'stored'
  if (wanted === undefined) return STAYS
  if (wanted === null) {
    return stored === undefined ? STAYS : { change: { verifyToken: null }, fields: [{ field, before, after: null }] }
  }
  if ('keep' in wanted) {
    if (stored === undefined) throw nothingToKeep(field)
    return STAYS
  }
  const text = valueOf(wanted, values, field)
  if (stored !== undefined && sameText(await keeper.open(stored), text)) return STAYS
  return { change: { verifyToken: text }, fields: [{ field, before, after: wanted }] }
}
