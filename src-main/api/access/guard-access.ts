import { os } from '@orpc/server'
import type { Access } from '#shared/contract/base.ts'
import { AppError } from '#shared/model/app-error.ts'
import { requireScope } from '../../engine/engine.ts'
import type { ApiContext } from '../api-context.ts'

/** The one place where a call is let through: its caller has the scope that its procedure asks for, and reaches as far. */
export const guardAccess = os.$context<ApiContext>().middleware(({ next, context, procedure }) => {
  const { scope, reach } = procedure['~orpc'].meta as Access
  if (scope !== null) requireScope(context.actor, scope)
  if (reach === 'installation' && context.actor.projectId !== null) throw beyondProject()
  return next()
})

function beyondProject(): AppError {
  return new AppError('forbidden', 'A key of one project may not do that: it is about the whole installation.', {
    hint: 'Use a key of all projects.',
  })
}
