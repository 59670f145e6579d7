import { requireScope } from '../../../engine/engine.ts'
import { projectOf } from '../../api-context.ts'
import { procedures } from '../procedures.ts'

export const triggerHandler = procedures.catalog.trigger.handler(async ({ context, input: { project, ...wanted } }) => {
  if (wanted.url !== undefined) requireScope(context.actor, 'deliveries:anywhere')
  const { id: projectId } = projectOf(context, { project })
  const { event, delivery, secret } = await context.engine.trigger(projectId, wanted)
  return { eventId: event.id, deliveryId: delivery.id, secret }
})
