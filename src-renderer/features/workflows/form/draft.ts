import type { WorkflowView } from '#shared/contract/workflows/workflows.ts'
import { readJson } from '../../../ui/payload/json-places.ts'

export interface TargetDraft {
  /** Null for an address. */
  endpointId: string | null
  url: string
  /** With spaces or commas between them. */
  tags: string
}

export interface EventDraft {
  type: string
  /** Empty for nobody. */
  provider: string
  /** JSON; empty for the catalog's sample. */
  data: string
}

export interface ScheduleDraft {
  cron: string
  timeZone: string
  missed: 'skip' | 'run_once'
  tags: string
}

/** What the form holds: texts as they are typed. */
export interface WorkflowDraft {
  description: string
  targets: readonly TargetDraft[]
  events: readonly EventDraft[]
  /** One a line: `name=value`. */
  variables: string
  concurrency: string
  timeoutMinutes: string
  stopOnFirstFailure: boolean
  policy: string
  overlap: 'refuse' | 'parallel' | 'replace'
  schedule: ScheduleDraft | null
  /** Empty for none. */
  gateId: string
}

/** What a person defines, as the API takes it. */
export type Definition = Omit<
  WorkflowView,
  'id' | 'name' | 'nextStartAt' | 'skipped' | 'latestRun' | 'createdAt' | 'updatedAt'
>

export const EMPTY_TARGET: TargetDraft = { endpointId: null, url: '', tags: '' }
export const EMPTY_EVENT: EventDraft = { type: '', provider: '', data: '' }

export const EMPTY_DRAFT: WorkflowDraft = {
  description: '',
  targets: [EMPTY_TARGET],
  events: [EMPTY_EVENT],
  variables: '',
  concurrency: '4',
  timeoutMinutes: '10',
  stopOnFirstFailure: false,
  policy: '',
  overlap: 'refuse',
  schedule: null,
  gateId: '',
}

const MINUTE_MS = 60_000
const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '')

export function definitionOf(workflow: WorkflowView): Definition {
  const { description, targets, events, variables, options, schedule, gate } = workflow
  return { description, targets, events, variables, options, schedule, gate }
}

export function draftOf({
  description,
  targets,
  events,
  variables,
  options,
  schedule,
  gate,
}: Definition): WorkflowDraft {
  return {
    description,
    targets: targets.map((target) => ({
      endpointId: 'endpointId' in target ? target.endpointId : null,
      url: 'url' in target ? target.url : '',
      tags: target.tags.join(' '),
    })),
    events: events.map(({ type, provider, data }) => ({
      type,
      provider: provider ?? '',
      data: data === undefined ? '' : JSON.stringify(data, null, 2),
    })),
    variables: Object.entries(variables)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n'),
    concurrency: String(options.concurrency),
    timeoutMinutes: String(options.timeoutMs / MINUTE_MS),
    stopOnFirstFailure: options.stopOnFirstFailure,
    policy: options.policy ?? '',
    overlap: options.overlap,
    schedule: schedule && { ...schedule, tags: schedule.tags.join(' ') },
    gateId: gate?.endpointId ?? '',
  }
}

/** The definition that is sent; null while an event's body is not JSON. */
export function toDefinition(draft: WorkflowDraft): Definition | null {
  const bodies = draft.events.map(({ data }) => (data.trim() === '' ? null : readJson(data)))
  if (bodies.some((body) => body !== null && !('value' in body))) return null
  const { description, schedule, gateId } = draft
  return {
    description,
    targets: draft.targets.map(({ endpointId, url, tags }) =>
      endpointId === null
        ? { url, tags: words(tags) }
        : { endpointId: endpointId as NonNullable<Definition['gate']>['endpointId'], tags: words(tags) },
    ),
    events: draft.events.map(({ type, provider }, index) => {
      const body = bodies[index]
      const data = body && 'value' in body ? { data: body.value as Definition['events'][number]['data'] } : {}
      return { type, provider: provider === '' ? null : provider, ...data }
    }),
    variables: readVariables(draft.variables),
    options: {
      concurrency: Number(draft.concurrency),
      stopOnFirstFailure: draft.stopOnFirstFailure,
      timeoutMs: Math.round(Number(draft.timeoutMinutes) * MINUTE_MS),
      policy: draft.policy === '' ? null : draft.policy,
      overlap: draft.overlap,
    },
    schedule: schedule && { ...schedule, tags: words(schedule.tags) },
    gate: gateId === '' ? null : { endpointId: gateId as NonNullable<Definition['gate']>['endpointId'] },
  }
}

/** A line without an equals sign names a variable that is empty. */
function readVariables(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=')
      return at === -1 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1)]
    }),
  )
}

/** The fields that the form shows. */
export const WORKFLOW_FIELDS = ['name', 'description', 'targets', 'events', 'variables', 'options', 'schedule', 'gate']
