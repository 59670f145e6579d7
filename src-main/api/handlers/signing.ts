import type { HeaderList } from '#shared/model/header.ts'
import type { SigningTask } from '../../engine/engine.ts'
import { type ApiContext, projectOf } from '../api-context.ts'
import { procedures } from './procedures.ts'

const { signing } = procedures

interface SigningInput {
  project?: string | undefined
  provider: string
  secret?: string | undefined
  secrets?: readonly string[] | undefined
  method: string
  url: string
  headers: HeaderList
  bodyBase64: string
  now?: number | undefined
}

export const signingHandlers = {
  sign: signing.sign.handler(({ context, input }) => {
    const { headers, body } = context.engine.signing.sign(taskOf(context, input))
    return { headers, bodyBase64: Buffer.from(body).toString('base64') }
  }),

  verify: signing.verify.handler(({ context, input }) => context.engine.signing.verify(taskOf(context, input))),

  diagnose: signing.diagnose.handler(({ context, input }) => context.engine.signing.diagnose(taskOf(context, input))),

  snippets: signing.snippets.handler(({ context, input }) => ({
    items: context.engine.signing.snippets(projectOf(context, input).id, input.id, input.language),
  })),
}

function taskOf(context: ApiContext, input: SigningInput): SigningTask {
  const { provider, secret, secrets = [], method, url, headers, bodyBase64, now } = input
  return {
    projectId: projectOf(context, input).id,
    provider,
    secrets: secret === undefined ? secrets : [secret, ...secrets],
    method,
    url,
    headers,
    body: Buffer.from(bodyBase64, 'base64'),
    nowMs: now === undefined ? null : now * 1_000,
  }
}
