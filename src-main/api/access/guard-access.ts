import { os } from '@orpc/server'
import { requireScope } from '../../engine/engine.ts'
import type { ApiContext } from '../api-context.ts'
import { accessOf } from '../audit/audited-call.ts'
import { recordForbidden } from '../audit/record-forbidden.ts'

/** The one place where a call is let through: its caller has the scope that its procedure asks for. */
export const guardAccess = os
  .$context<ApiContext>()
  .middleware(async ({ next, context, procedure }, input: unknown) => {
    try {
      requireScope(context.actor, accessOf(procedure).scope)
    } catch (error) {
      await recordForbidden(context, procedure, input)
      throw error
    }
    return next()
  })
