import { os } from '@orpc/server'
import type { Access } from '#shared/contract/base.ts'
import { requireScope } from '../../engine/engine.ts'
import type { ApiContext } from '../api-context.ts'

/** The one place where a call is let through: its caller has the scope that its procedure asks for. */
export const guardAccess = os.$context<ApiContext>().middleware(({ next, context, procedure }) => {
  const { scope } = procedure['~orpc'].meta as Access
  if (scope !== null) requireScope(context.actor, scope)
  return next()
})
