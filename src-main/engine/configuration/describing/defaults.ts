import type { PlannedChange } from '#shared/model/configuration/plan.ts'
import { ANY_ORIGIN, DEFAULT_ANSWER, DEFAULT_BODY_LIMIT_BYTES } from '#shared/model/source.ts'
import { WorkflowDefinition } from '#shared/model/workflows/workflow.ts'
import { blankConfig } from '../../endpoints/endpoint-config.ts'

type Fields = Readonly<Record<string, unknown>>

/** What a new one has where a file says nothing; a field without a default is left out. */
export function defaultsOf(kind: PlannedChange['kind'], name: string): Fields {
  switch (kind) {
    case 'provider':
      return { signing: null, recognition: { eventType: [], messageId: [] }, policy: null, bodyFormat: 'json' }
    case 'eventType':
      return { description: '', schema: null }
    case 'source':
      return { ...SOURCE, name }
    case 'endpoint':
      return ENDPOINT
    case 'workflow':
      return WORKFLOW
    default:
      return kind satisfies never
  }
}

const SOURCE: Fields = {
  provider: null,
  answer: DEFAULT_ANSWER,
  publicUrl: null,
  duplicates: 'keep',
  bodyLimitBytes: DEFAULT_BODY_LIMIT_BYTES,
  allowedOrigins: [ANY_ORIGIN],
}

const ENDPOINT: Fields = endpointDefaults()
const WORKFLOW: Fields = workflowDefaults()

function endpointDefaults(): Fields {
  const { name: _, url: __, kind: ___, settings: ____, role: _____, ...config } = blankConfig()
  return { ...config, enabled: true }
}

function workflowDefaults(): Fields {
  const { description, variables, options, schedule, gate } = WorkflowDefinition.shape
  return {
    description: description.parse(undefined),
    variables: variables.parse(undefined),
    options: options.parse(undefined),
    schedule: schedule.parse(undefined),
    gate: gate.parse(undefined),
  }
}
