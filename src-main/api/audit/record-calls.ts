import { os } from '@orpc/server'
import { AppError } from '#shared/model/app-error.ts'
import type { OpenAction } from '../../engine/engine.ts'
import type { ApiContext } from '../api-context.ts'
import { accessOf, answeredThing, auditedAction, projectIdOf, targetOf } from './audited-call.ts'
import { detailOf } from './detail.ts'
import { fieldsOf, textOf } from './subject.ts'
import { lookAt } from './subjects.ts'

/**
 * The one place where calls that change something go on record. What is about to be done is kept before it is begun, so
 * that an end of the program in between leaves no change without an entry. It stands inside the check of the input: what
 * was not understood is no try.
 */
export const recordCalls = os
  .$context<ApiContext>()
  .middleware(async ({ next, context, procedure }, given: unknown) => {
    const input = fieldsOf(given)
    const action = auditedAction(procedure, input)
    if (action === null) return next()
    const before = await lookAt(context, action, textOf(input['id']), input)
    const open = await context.engine.audit.begin({
      actor: context.actor,
      action,
      projectId: projectIdOf(context, procedure, { subject: before, input, output: null }),
      target: targetOf(before, input, null),
      detail: detailOf({ before, after: before, input, output: null }),
    })
    const isTold = accessOf(procedure).scope === 'secrets:reveal'

    let result: Awaited<ReturnType<typeof next>>
    try {
      result = await next()
    } catch (error) {
      await endRefused(open, error, isTold).catch((cause: unknown) => unrecorded(context, action, cause))
      throw error
    }
    const { output } = result
    const id = textOf(answeredThing(output)['id']) ?? textOf(input['id'])
    const after = await lookAt(context, action, id, input)
    try {
      await open.end({
        outcome: 'done',
        projectId: projectIdOf(context, procedure, { subject: after ?? before, input, output }),
        target: targetOf(after ?? before, input, output),
        detail: detailOf({ before, after, input, output }),
      })
    } catch (error) {
      // What was done is done, and its beginning is on record; what is only about to be told can still be kept back.
      if (isTold) throw error
      unrecorded(context, action, error)
    }
    return result
  })

async function endRefused(open: OpenAction, error: unknown, isTold: boolean): Promise<void> {
  if (!(error instanceof AppError)) await open.end({ outcome: 'failed', code: failureOf(error) })
  // A slip at the keyboard is no try at anything.
  else if ((error.code === 'invalid_request' || error.code === 'invalid_configuration') && !isTold) await open.forget()
  else await open.end({ outcome: 'refused', code: error.code })
}

function failureOf(error: unknown): string {
  return error instanceof Error && error.name === 'StoreUnavailableError' ? 'storage_unavailable' : 'internal_error'
}

function unrecorded({ log }: ApiContext, action: string, cause: unknown): void {
  log.error('The end of an action could not be put on record; its beginning is', { action, error: String(cause) })
}
