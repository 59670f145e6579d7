import { toInstant } from '#shared/contract/base.ts'
import type { WebhookView } from '#shared/contract/seeds/webhooks.ts'
import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import { type ApiContext, projectOf } from '../../api-context.ts'
import { procedures } from '../procedures.ts'

const { webhooks } = procedures
/** The policy that makes an endpoint a webhook of this interface. */
const POLICY = 'crawlux'

export const webhookHandlers = {
  list: webhooks.list.handler(({ context, input }) => ({
    items: context.engine.endpoints.list(projectOf(context, input).id).filter(isWebhook).toReversed().map(toView),
    nextCursor: null,
  })),

  create: webhooks.create.handler(async ({ context, input: { url, events, project } }) => {
    const { engine, actor } = context
    const config = { name: nameOf(url), url, eventTypes: events, policy: POLICY }
    const { endpoint, secret } = await engine.endpoints.create(projectOf(context, { project }).id, config, actor)
    return { ...toView(endpoint), secret: secret! }
  }),

  get: webhooks.get.handler(({ context, input }) => toView(webhookOf(context, input))),

  update: webhooks.update.handler(async ({ context, input: { id, project, url, events } }) => {
    const { engine, actor } = context
    return toView(
      // A webhook is its URL and its events: whoever gives a list means just that list.
      await engine.endpoints.update(
        webhookOf(context, { id, project }),
        { url, eventTypes: events, confirm: true },
        actor,
      ),
    )
  }),

  delete: webhooks.delete.handler(async ({ context, input }) => {
    const endpoint = webhookOf(context, input)
    return { id: endpoint.id, ...(await context.engine.endpoints.delete(endpoint)) }
  }),
}

function isWebhook({ version }: Endpoint): boolean {
  return version.config.policy.preset === POLICY
}

function webhookOf(context: ApiContext, input: { id: string; project?: string | undefined }): Endpoint {
  const endpoint = context.engine.endpoints.find(projectOf(context, input).id, input.id)
  if (endpoint && isWebhook(endpoint)) return endpoint
  throw new AppError('not_found', `There is no webhook “${input.id}” in this project.`, {
    hint: 'GET /webhooks lists them; endpoints with other policies are at GET /api/v1/endpoints.',
  })
}

/** Webhooks have no name of their own; what is no URL is refused right after. */
function nameOf(url: string): string {
  return (URL.parse(url)?.host || 'Webhook').slice(0, 100)
}

function toView({ id, state, createdAt, version: { config } }: Endpoint): WebhookView {
  return { id, url: config.url, events: config.eventTypes, state, createdAt: toInstant(createdAt) }
}
