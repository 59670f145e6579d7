import { z } from 'zod'
import { Condition } from '../../model/condition.ts'
import { EndpointConfig, EventTypeFilter } from '../../model/endpoint.ts'
import { HeaderList } from '../../model/header.ts'
import { IntegrationKind, IntegrationSettings } from '../../model/integration.ts'
import { SiteId } from '../../model/project.ts'
import { SecretName } from '../../model/secret-name.ts'
import { changes, InProject, reads } from '../base.ts'
import { PolicyInput } from '../../model/configuration/endpoint-fields.ts'
import { EndpointView } from '../endpoints.ts'
import { HealthView, LogPageInput, LogView, TestInput, TestReportView } from './endpoint-operations.ts'

export const IntegrationView = z.object({
  id: z.string().nullable().describe('Of its endpoint, and the `webhookId` of its log; null until it is set up.'),
  projectId: z.string(),
  provider: IntegrationKind,
  name: z.string(),
  siteId: SiteId,
  configured: z.boolean(),
  enabled: z.boolean(),
  testMode: z.boolean(),
  state: EndpointView.shape.state.nullable(),
  pausedReason: EndpointView.shape.pausedReason,
  url: z.string(),
  baseUrl: z.string().nullable().describe('What the kind’s own path follows; null where the URL is another one.'),
  eventTypes: z.array(z.string()),
  mapping: z.string().describe('The JSONata expression that makes its body.'),
  mappingIsPreset: z.boolean(),
  condition: Condition.nullable(),
  settings: IntegrationSettings,
  headers: HeaderList,
  policy: z.string().nullable(),
  owner: z.string().nullable(),
  escalation: z.string().nullable(),
  watchHours: EndpointConfig.shape.watchHours,
  credentials: z.array(z.object({ name: z.string(), label: z.string(), isSet: z.boolean() })).readonly(),
  fields: z
    .array(
      z.object({
        name: z.string(),
        label: z.string(),
        example: z.string(),
        isRequired: z.boolean(),
        preset: z.string().nullable(),
      }),
    )
    .readonly()
    .describe('The settings that this kind knows.'),
  suggestedEventTypes: z.array(z.string()).readonly(),
  facts: z.object({ source: z.string(), checkedOn: z.string(), unconfirmed: z.string().nullable() }),
  version: z.number().nullable(),
  lastChangeTested: z.boolean(),
})
export type IntegrationView = z.infer<typeof IntegrationView>

/** The site says which project is meant; one that is named beside it, as every call may, changes nothing. */
const site = z.object({ siteId: SiteId, ...InProject.shape })
const one = z.object({
  ...site.shape,
  provider: z.string().max(60).describe('`ga4`, `meta`, `google_ads`, or `gads` for the last.'),
})

/** Null takes a field back to what a new integration has. */
const fields = {
  name: z.string().trim().min(1).max(100).nullable(),
  url: z.string().trim().min(1).max(2_048).nullable().describe('The whole URL, in place of the kind’s own.'),
  baseUrl: z.string().trim().min(1).max(1_024).nullable().describe('What the kind’s own path follows.'),
  eventTypes: z.array(EventTypeFilter).max(200).nullable(),
  mapping: z.string().trim().min(1).max(20_000).nullable(),
  condition: Condition.nullable(),
  settings: z.record(z.string().max(60), z.string().trim().min(1).max(200)).nullable(),
  headers: HeaderList.nullable(),
  policy: PolicyInput.nullable(),
  secrets: z
    .record(SecretName, z.string().min(1).max(4_096).nullable())
    .nullable()
    .describe('Values by name; null removes one. They never come back.'),
  enabled: z.boolean().nullable(),
  testMode: z.boolean().nullable(),
  owner: z.string().trim().max(200).nullable(),
  escalation: z.string().trim().max(2_000).nullable(),
  watchHours: z.number().min(0).max(8_760).nullable(),
}

export const integrations = {
  list: reads('endpoints:read')
    .route({
      method: 'GET',
      path: '/sites/{siteId}/integrations',
      summary: 'List the integrations of a site',
      tags: ['Integrations'],
    })
    .input(site)
    .output(z.object({ items: z.array(IntegrationView), nextCursor: z.null() })),
  health: reads('endpoints:read')
    .route({
      method: 'GET',
      path: '/sites/{siteId}/integrations/health',
      summary: 'Show how the integrations of a site do',
      tags: ['Integrations'],
    })
    .input(site)
    .output(
      z.object({
        items: z.array(
          z.object({
            provider: IntegrationKind,
            name: z.string(),
            configured: z.boolean(),
            enabled: z.boolean(),
            testMode: z.boolean(),
            lastChangeTested: z.boolean(),
            health: HealthView.nullable(),
          }),
        ),
        nextCursor: z.null(),
      }),
    ),
  get: reads('endpoints:read', ['unknown_provider'])
    .route({
      method: 'GET',
      path: '/sites/{siteId}/integrations/{provider}',
      summary: 'Show an integration',
      tags: ['Integrations'],
    })
    .input(one)
    .output(IntegrationView),
  put: changes('endpoints:write', 'integration.update', ['unknown_provider', 'would_drop', 'endpoint_limit'])
    .route({
      method: 'PUT',
      path: '/sites/{siteId}/integrations/{provider}',
      summary: 'Change or make an integration',
      description:
        'Merges top-level fields: what is left out stays, null removes. An unknown site makes its project. What would drop a mapping or filter is refused with 409 `would_drop` unless `confirm` is true.',
      tags: ['Integrations'],
    })
    .input(z.strictObject({ ...one.shape, ...z.object(fields).partial().shape, confirm: z.boolean().optional() }))
    .output(IntegrationView),
  test: changes('endpoints:write', 'integration.test', ['unknown_provider'])
    .route({
      method: 'POST',
      path: '/sites/{siteId}/integrations/{provider}/test',
      summary: 'Send one event through an integration and tell each step',
      tags: ['Integrations'],
    })
    .input(z.strictObject({ ...one.shape, ...TestInput.shape }))
    .output(TestReportView),
  logs: reads('endpoints:read', ['unknown_provider'])
    .route({
      method: 'GET',
      path: '/sites/{siteId}/integrations/{provider}/logs',
      summary: 'List the attempts of an integration, newest first',
      tags: ['Integrations'],
    })
    .input(z.object({ ...one.shape, ...LogPageInput.shape }))
    .output(LogView),
  webhookLogs: reads('endpoints:read')
    .route({
      method: 'GET',
      path: '/sites/{siteId}/integrations/webhooks/{webhookId}/logs',
      summary: 'List the attempts of an endpoint, newest first',
      tags: ['Integrations'],
    })
    .input(z.object({ ...site.shape, webhookId: z.string(), ...LogPageInput.shape }))
    .output(LogView),
}
