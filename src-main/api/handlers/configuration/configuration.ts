import { CONFIGURATION_VERSION, type Configuration } from '#shared/model/configuration/configuration.ts'
import { requireScope, type WantedConfiguration } from '../../../engine/engine.ts'
import { type ApiContext, projectOf } from '../../api-context.ts'
import type { Json } from '../../audit/subject.ts'
import { recordApplied } from '../../audit/record-applied.ts'
import { readConfiguration } from '../../input/read-configuration.ts'
import { procedures } from '../procedures.ts'

const { configuration } = procedures

interface Asked extends Omit<WantedConfiguration, 'configuration' | 'unread'> {
  configuration: Readonly<Record<string, unknown>>
}

function wantedOf({ actor }: ApiContext, asked: Asked): WantedConfiguration {
  const { configuration: read, problems } = readConfiguration(asked.configuration)
  // Whoever runs a workflow sends to its addresses, so the right to choose them is asked for here.
  if (sendsToUrls(read)) requireScope(actor, 'deliveries:anywhere')
  return { ...asked, configuration: read, unread: problems }
}

function sendsToUrls({ workflows }: Configuration): boolean {
  return [...(workflows?.values() ?? [])].some(({ targets }) => targets.some((target) => 'url' in target))
}

export const configurationHandlers = {
  export: configuration.export.handler(async ({ context, input }) => {
    const { sections, warnings } = await context.engine.configuration.export(projectOf(context, input).id)
    return { configuration: { version: CONFIGURATION_VERSION, ...sections } as Record<string, Json>, warnings }
  }),

  plan: configuration.plan.handler(({ context, input: { project, ...asked } }) => {
    const { id } = projectOf(context, { project })
    return context.engine.configuration.plan(id, wantedOf(context, asked), context.actor)
  }),

  apply: configuration.apply.handler(async ({ context, input: { project, fingerprint, ...asked } }) => {
    const { id } = projectOf(context, { project })
    const wanted = { ...wantedOf(context, asked), fingerprint }
    const { changes, fingerprint: applied } = await context.engine.configuration.apply(id, wanted, context.actor)
    await recordApplied(context, id, changes)
    const count = (action: string) => changes.filter((change) => change.action === action).length
    return {
      changes,
      fingerprint: applied,
      created: count('create'),
      changed: count('change'),
      removed: count('remove'),
    }
  }),
}
