import { implement } from '@orpc/server'
import { contract } from '#shared/contract/index.ts'
import { guardAccess } from '../access/guard-access.ts'
import type { ApiContext } from '../api-context.ts'
import { errorBorder } from '../errors/error-border.ts'

/** The contract, waiting to be answered. */
export const procedures = implement(contract).$context<ApiContext>().use(errorBorder).use(guardAccess)
