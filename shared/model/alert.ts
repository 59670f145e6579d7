import { z } from 'zod'
import { AlertId, AlertRuleId, EndpointId, ProjectId } from './ids.ts'

export const AlertKind = z.enum(['success_rate', 'dead_letters', 'retry_spike', 'backlog', 'timeouts'])
export type AlertKind = z.infer<typeof AlertKind>

/** The kinds whose threshold is a percentage, and which say nothing of too small a sample. */
export const RATE_KINDS: readonly AlertKind[] = ['success_rate', 'retry_spike', 'timeouts']

/** When to raise an alert. */
export const AlertCondition = z.object({
  kind: AlertKind,
  /** In percent for rates, else a count. `success_rate` raises below it, every other kind from it on. */
  threshold: z.number().min(0).max(10_000_000),
  /** How far back it looks; a backlog is as it stands now. */
  windowMinutes: z.number().int().min(1).max(1_440),
  /** How many deliveries, or attempts, a rate needs before it says anything. */
  minSample: z.number().int().min(1).max(100_000),
})
export type AlertCondition = z.infer<typeof AlertCondition>

export const AlertRuleState = z.enum(['ok', 'raised', 'insufficient_data'])
export type AlertRuleState = z.infer<typeof AlertRuleState>

/** What a person wants to be told of. */
export const AlertRule = z.object({
  id: AlertRuleId,
  projectId: ProjectId,
  name: z.string(),
  ...AlertCondition.shape,
  /** Null for all of the project's endpoints, taken together. */
  endpointId: EndpointId.nullable(),
  enabled: z.boolean(),
  /** Where `alert.raised` and `alert.resolved` are delivered; null for nowhere. */
  notifyEndpointId: EndpointId.nullable(),
  state: AlertRuleState,
  stateSince: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
})
export type AlertRule = z.infer<typeof AlertRule>

/** What was found when a condition was looked at. */
export const Measured = z.object({
  /** In percent for rates, else a count; null where there is nothing to take a share of. */
  value: z.number().nullable(),
  sampleSize: z.number().int(),
})
export type Measured = z.infer<typeof Measured>

/** One time that a rule was raised, with the rule as it was then. */
export const Alert = z.object({
  id: AlertId,
  projectId: ProjectId,
  ruleId: AlertRuleId,
  name: z.string(),
  ...AlertCondition.shape,
  endpointId: EndpointId.nullable(),
  ...Measured.shape,
  raisedAt: z.number(),
  resolvedAt: z.number().nullable(),
  /** What ended it; null where the rule or its endpoint went away. */
  resolvedBy: Measured.nullable(),
  acknowledgedAt: z.number().nullable(),
  acknowledgedBy: z.string().nullable(),
})
export type Alert = z.infer<typeof Alert>
