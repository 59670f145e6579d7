import { z } from 'zod'
import { EventType } from '../event.ts'
import { EndpointId, ProjectId, WorkflowId } from '../ids.ts'
import { Slug } from '../project.ts'

/** A label of targets, by which a run chooses among them. */
export const Tag = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,49}$/, 'use letters, digits and . _ : -, 50 characters at most')

export const VariableName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,49}$/, 'use letters, digits and _, beginning with a letter, 50 characters at most')
export const Variables = z.record(VariableName, z.string().max(2_000))
export type Variables = z.infer<typeof Variables>

/** Tags of targets. */
export const Tags = z.array(Tag).max(20).default([])

/** Where a workflow sends: a URL, in which `{variable.name}` stands for a variable, or an endpoint. One of them is one unit. */
export const WorkflowTarget = z.union([
  z.strictObject({ url: z.string().trim().min(1).max(2_048), tags: Tags }),
  z.strictObject({ endpointId: EndpointId, tags: Tags }),
])
export type WorkflowTarget = z.infer<typeof WorkflowTarget>

/** What is sent to each target. */
export const WorkflowEvent = z.strictObject({
  type: EventType,
  /** Whose event it is; null for nobody's. */
  provider: z.string().max(60).nullable().default(null),
  /** The body, in whose texts `{variable.name}` stands for a variable; left out, it is the catalog's sample. */
  data: z.json().optional(),
})
export type WorkflowEvent = z.infer<typeof WorkflowEvent>

/** What happens to a start that falls into a run of the same workflow. */
export const Overlap = z.enum(['refuse', 'parallel', 'replace'])
export type Overlap = z.infer<typeof Overlap>

/** What becomes of starts that came due while nothing ran here: none, or one for all of them. */
export const MissedStarts = z.enum(['skip', 'run_once'])

export const WorkflowSchedule = z.strictObject({
  /** Minute, hour, day of month, month, day of week. */
  cron: z.string().trim().min(1).max(200),
  /** An IANA name. */
  timeZone: z.string().trim().min(1).max(64).default('UTC'),
  missed: MissedStarts.default('skip'),
  /** Which targets; all where it is empty. */
  tags: Tags,
})
export type WorkflowSchedule = z.infer<typeof WorkflowSchedule>

export const WorkflowOptions = z.strictObject({
  /** Targets at a time. */
  concurrency: z.number().int().min(1).max(32).default(4),
  /** After a target failed, no other is begun. */
  stopOnFirstFailure: z.boolean().default(false),
  /** How long a run may take. */
  timeoutMs: z.number().int().min(1_000).max(86_400_000).default(600_000),
  /** The policy preset of what goes to URLs; null for the provider's own, else one try. Endpoints have their own. */
  policy: z.string().max(60).nullable().default(null),
  overlap: Overlap.default('refuse'),
})
export type WorkflowOptions = z.infer<typeof WorkflowOptions>

/** What a person configures of a workflow. */
export const WorkflowDefinition = z.object({
  description: z.string().trim().max(500).default(''),
  targets: z.array(WorkflowTarget).min(1).max(200),
  events: z.array(WorkflowEvent).min(1).max(10),
  /** What each stands for where a run says nothing else. */
  variables: Variables.default({}),
  options: WorkflowOptions.prefault({}),
  schedule: WorkflowSchedule.nullable().default(null),
  /** The endpoint whose changes CI lets pass by this workflow. */
  gate: z.strictObject({ endpointId: EndpointId }).nullable().default(null),
})
export type WorkflowDefinition = z.infer<typeof WorkflowDefinition>

/** Starts by schedule that were left out: the last of them, and why. */
export const SkippedStarts = z.object({
  /** Unix ms of the last one. */
  at: z.number(),
  count: z.number().int().positive(),
  reason: z.enum(['not_running', 'run_in_progress', 'refused']),
  detail: z.string().nullable(),
})
export type SkippedStarts = z.infer<typeof SkippedStarts>

export const Workflow = z.object({
  id: WorkflowId,
  projectId: ProjectId,
  name: Slug,
  definition: WorkflowDefinition,
  /** The latest start by schedule that was seen to, in unix ms; those up to it are never made up for. */
  seenToAt: z.number(),
  skipped: SkippedStarts.nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
})
export type Workflow = z.infer<typeof Workflow>
