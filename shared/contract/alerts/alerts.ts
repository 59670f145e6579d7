import { z } from 'zod'
import { Alert, AlertCondition, AlertRule, Measured } from '../../model/alert.ts'
import { ById, changes, InProject, Instant, PageInput, pageOf, reads } from '../base.ts'

export const AlertRuleView = z.object({
  ...AlertRule.shape,
  state: AlertRule.shape.state.describe('`insufficient_data` while a rate has too small a sample, or while disabled.'),
  stateSince: Instant,
  createdAt: Instant,
  updatedAt: Instant,
})
export type AlertRuleView = z.infer<typeof AlertRuleView>

export const AlertView = z.object({
  ...Alert.shape,
  endpointName: z.string().nullable(),
  raisedAt: Instant,
  resolvedAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
})
export type AlertView = z.infer<typeof AlertView>

export const AlertPreviewView = z.object({
  ...Measured.shape,
  verdict: z.enum(['would_raise', 'would_not_raise', 'insufficient_data']),
})
export type AlertPreviewView = z.infer<typeof AlertPreviewView>

const condition = {
  kind: AlertCondition.shape.kind,
  threshold: AlertCondition.shape.threshold.describe(
    'In percent for success_rate (raised below it), retry_spike and timeouts; a count for dead_letters and backlog.',
  ),
  windowMinutes: AlertCondition.shape.windowMinutes.default(15),
  minSample: AlertCondition.shape.minSample
    .default(10)
    .describe('How many deliveries, or attempts, a rate needs before it says anything.'),
}

const fields = {
  name: z.string().trim().min(1).max(100),
  ...condition,
  endpointId: z.string().nullable().default(null).describe('Null for all endpoints, taken together.'),
  enabled: z.boolean().default(true),
  notifyEndpointId: z
    .string()
    .nullable()
    .default(null)
    .describe('Where `alert.raised` and `alert.resolved` are delivered, whatever types it selects; null for nowhere.'),
}

const tags = ['Alerts']
const id = z.object({ ...ById.shape, ...InProject.shape })

export const alerts = {
  list: reads('alerts:read')
    .route({ method: 'GET', path: '/alerts', summary: 'List alert rules and how they stand', tags })
    .input(InProject)
    .output(pageOf(AlertRuleView)),
  create: changes('alerts:write', 'alert.create')
    .route({ method: 'POST', path: '/alerts', summary: 'Create an alert rule', tags, successStatus: 201 })
    .input(z.strictObject({ ...InProject.shape, ...fields }))
    .output(AlertRuleView),
  get: reads('alerts:read')
    .route({ method: 'GET', path: '/alerts/{id}', summary: 'Show an alert rule', tags })
    .input(id)
    .output(AlertRuleView),
  update: changes('alerts:write', 'alert.update')
    .route({ method: 'PATCH', path: '/alerts/{id}', summary: 'Change an alert rule', tags })
    .input(
      z.strictObject({
        id: z.string(),
        ...InProject.shape,
        name: fields.name.optional(),
        kind: AlertCondition.shape.kind.optional(),
        threshold: AlertCondition.shape.threshold.optional(),
        windowMinutes: AlertCondition.shape.windowMinutes.optional(),
        minSample: AlertCondition.shape.minSample.optional(),
        endpointId: z.string().nullable().optional(),
        enabled: z.boolean().optional(),
        notifyEndpointId: z.string().nullable().optional(),
      }),
    )
    .output(AlertRuleView),
  delete: changes('alerts:write', 'alert.delete')
    .route({
      method: 'DELETE',
      path: '/alerts/{id}',
      summary: 'Delete an alert rule',
      description: 'The alerts that it raised stay on record.',
      tags,
    })
    .input(id)
    .output(z.object({ id: z.string() })),
  preview: reads('alerts:read')
    .route({
      method: 'POST',
      path: '/alerts/preview',
      summary: 'Show what a condition says now',
      description: 'Nothing is stored or raised.',
      tags,
    })
    .input(z.strictObject({ ...InProject.shape, ...condition, endpointId: fields.endpointId }))
    .output(AlertPreviewView),
  history: reads('alerts:read')
    .route({ method: 'GET', path: '/alerts/history', summary: 'List alerts that were raised, newest first', tags })
    .input(
      z.object({
        ...InProject.shape,
        ...PageInput.shape,
        ruleId: z.string().optional(),
        state: z.enum(['open', 'all']).default('all'),
      }),
    )
    .output(pageOf(AlertView)),
  acknowledge: changes('alerts:write', 'alert.acknowledge')
    .route({
      method: 'POST',
      path: '/alerts/history/{id}/acknowledge',
      summary: 'Say that an alert was seen',
      tags,
    })
    .input(id)
    .output(AlertView),
}
