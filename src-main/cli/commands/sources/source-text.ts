import type { SourceView } from '#shared/contract/sources.ts'
import { isScript } from '#shared/model/answer-script.ts'
import type { Answer } from '#shared/model/source.ts'
import type { Api } from '../../connection.ts'
import { RefusedError } from '../../exit.ts'
import { sheet, table } from '../../text/table.ts'
import type { Text } from '../../text/view.ts'
import { ago, bytes } from '../../text/words.ts'

/** By slug or id. Throws `RefusedError` where there is none, as the relay does. */
export async function findSource(api: Api, id: string): Promise<SourceView> {
  const { items } = await api.sources.list({})
  const found = items.find((source) => source.id === id || source.slug === id)
  if (found) return found
  throw new RefusedError('not_found', `There is no source “${id}” in this project.`, '“hookloop sources” lists them.')
}

export function sourceTable(items: readonly SourceView[]): Text {
  return table(
    items,
    [
      { title: 'SLUG', value: ({ slug }) => slug },
      { title: 'NAME', value: ({ name }) => name, shrinks: true },
      { title: 'SENDER', value: ({ provider }) => provider ?? '' },
      { title: 'SECRETS', value: ({ secrets }) => String(secrets.length), right: true },
      { title: 'ANSWER', value: answerWords, shrinks: true },
      { title: 'ADDRESS', value: ({ publicUrl, captureUrl }) => publicUrl ?? captureUrl },
    ],
    'No sources: create one with "hookloop sources create".',
  )
}

export function sourceSheet(source: SourceView): Text {
  const { id, name, slug, provider, secrets, hasVerifyToken, captureUrl, publicUrl, ingestUrl, createdAt } = source
  return sheet([
    ['Source', `${slug} (${id})`],
    ['Name', name],
    ['Address', captureUrl],
    ...(publicUrl === null ? [] : [['Outside', publicUrl] as const]),
    ['For pages', ingestUrl],
    ['Sender', provider ?? 'nobody that is known'],
    ['Secrets', ({ now }) => secrets.map((each) => `${each.id} (${ago(each.createdAt, now)})`).join(', ') || 'none'],
    ...(hasVerifyToken ? [['Verify token', 'set'] as const] : []),
    ['Answer', answerWords(source)],
    ['Repeats', source.duplicates === 'keep' ? 'kept' : 'dropped'],
    ['Largest body', bytes(source.bodyLimitBytes)],
    ['Created', ({ now }) => `${createdAt} (${ago(createdAt, now)})`],
  ])
}

function answerWords({ answer, scriptStanding }: SourceView): string {
  if (!isScript(answer)) return oneAnswer(answer)
  const next = scriptStanding?.next ?? null
  const steps = answer.script.map((step, index) => (index === next ? `[${oneAnswer(step)}]` : oneAnswer(step)))
  return `${steps.join(', ')}, then ${answer.atEnd === 'repeat' ? 'again' : 'the last one'}`
}

function oneAnswer({ status, delayMs }: Answer): string {
  return delayMs === 0 ? String(status) : `${status} after ${delayMs} ms`
}
