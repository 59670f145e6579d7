import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { Project } from '#shared/model/project.ts'
import type { ApiContext } from '../../api-context.ts'
import { toIntegrationView } from '../../views/operations/integration-view.ts'
import { toHealthView, toLogEntryView, toTestReportView } from '../../views/operations/operation-view.ts'
import { procedures } from '../procedures.ts'
import { sampleOf } from './endpoint-operations.ts'

const { integrations } = procedures

/** Throws `AppError` `not_found`, also where the caller may not see it. */
function siteOf({ engine, actor }: ApiContext, siteId: string): Project {
  const project = engine.projects.ofSite(siteId)
  if (project && (actor.projectId === null || actor.projectId === project.id)) return project
  throw noSite(siteId)
}

/** Makes the project of a site that is new, for whoever may see all projects. */
async function siteToChange(context: ApiContext, siteId: string): Promise<Project> {
  if (context.actor.projectId !== null) return siteOf(context, siteId)
  return context.engine.integrations.siteProject(siteId)
}

function noSite(siteId: string): AppError {
  return new AppError('not_found', `There is no site ${siteId}.`, {
    field: 'siteId',
    hint: 'A project tells its siteId; PUT of an integration makes a project for a new one.',
  })
}

async function logOf({ engine }: ApiContext, endpoint: Endpoint | null, page: { limit: number; offset: number }) {
  const { items, total } = endpoint ? await engine.operations.log(endpoint, page) : { items: [], total: 0 }
  return { items: items.map(toLogEntryView), total, limit: page.limit, offset: page.offset }
}

export const integrationHandlers = {
  list: integrations.list.handler(async ({ context, input: { siteId } }) => {
    const { engine } = context
    const project = siteOf(context, siteId)
    const found = engine.integrations.list(project.id)
    return { items: await Promise.all(found.map((each) => toIntegrationView(engine, project, each))), nextCursor: null }
  }),

  health: integrations.health.handler(async ({ context, input: { siteId } }) => {
    const { engine } = context
    const project = siteOf(context, siteId)
    const found = engine.integrations.list(project.id)
    const items = await Promise.all(
      found.map(async (each) => {
        const view = await toIntegrationView(engine, project, each)
        const { provider, name, configured, enabled, testMode, lastChangeTested } = view
        const health = each.endpoint && toHealthView(await engine.operations.health(each.endpoint))
        return { provider, name, configured, enabled, testMode, lastChangeTested, health }
      }),
    )
    return { items, nextCursor: null }
  }),

  get: integrations.get.handler(({ context, input: { siteId, provider } }) => {
    const { engine } = context
    const project = siteOf(context, siteId)
    return toIntegrationView(engine, project, engine.integrations.get(project.id, provider))
  }),

  put: integrations.put.handler(async ({ context, input: { siteId, provider, project: _named, ...change } }) => {
    const { engine, actor } = context
    engine.integrations.checkProvider(provider)
    const project = await siteToChange(context, siteId)
    const saved = await engine.integrations.put(project.id, { provider, change }, actor)
    return toIntegrationView(engine, project, saved)
  }),

  test: integrations.test.handler(async ({ context, input: { siteId, provider, project: _named, ...sample } }) => {
    const { engine, actor } = context
    const { endpoint } = engine.integrations.get(siteOf(context, siteId).id, provider)
    if (endpoint) return toTestReportView(await engine.operations.test(endpoint, sampleOf(sample), actor))
    return NOTHING_TO_TEST
  }),

  logs: integrations.logs.handler(({ context, input: { siteId, provider, limit, offset } }) =>
    logOf(context, context.engine.integrations.get(siteOf(context, siteId).id, provider).endpoint, { limit, offset }),
  ),

  webhookLogs: integrations.webhookLogs.handler(({ context, input: { siteId, webhookId, limit, offset } }) =>
    logOf(context, context.engine.endpoints.resolve(siteOf(context, siteId).id, webhookId), { limit, offset }),
  ),
}

const skipped = { state: 'skipped', message: 'Nothing is configured.', hint: null } as const

const NOTHING_TO_TEST = {
  passed: false,
  target: 'none' as const,
  steps: [
    {
      name: 'configuration' as const,
      state: 'failed' as const,
      message: 'This integration is not configured.',
      hint: 'PUT its settings and credentials first.',
    },
    { name: 'mapping' as const, ...skipped },
    { name: 'request' as const, ...skipped },
    { name: 'send' as const, ...skipped },
  ],
  eventType: '',
  request: null,
  status: null,
  deliveryId: null,
  attemptId: null,
}
