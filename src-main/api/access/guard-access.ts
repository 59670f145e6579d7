import { os } from '@orpc/server'
import type { Access } from '#shared/contract/base.ts'
import { AppError } from '#shared/model/app-error.ts'
import { requireScope } from '../../engine/engine.ts'
import type { ApiContext } from '../api-context.ts'
import { accessOf } from '../audit/audited-call.ts'
import { recordForbidden } from '../audit/record-forbidden.ts'

/** The one place where a call is let through: its caller has the scope that its procedure asks for, and reaches as far. */
export const guardAccess = os
  .$context<ApiContext>()
  .middleware(async ({ next, context, procedure }, input: unknown) => {
    try {
      requireAccess(context, accessOf(procedure))
    } catch (error) {
      await recordForbidden(context, procedure, input)
      throw error
    }
    return next()
  })

function requireAccess({ actor }: ApiContext, { scope, reach }: Access): void {
  if (scope !== null) requireScope(actor, scope)
  if (reach === 'installation' && actor.projectId !== null) throw beyondProject()
}

function beyondProject(): AppError {
  return new AppError('forbidden', 'A key of one project may not do that: it is about the whole installation.', {
    hint: 'Use a key of all projects.',
  })
}
