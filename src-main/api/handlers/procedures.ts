import { implement } from '@orpc/server'
import { contract } from '#shared/contract/index.ts'
import { guardAccess } from '../access/guard-access.ts'
import type { ApiContext } from '../api-context.ts'
import { recordCalls } from '../audit/record-calls.ts'
import { errorBorder } from '../errors/error-border.ts'

/** Each call's input is checked between the last two of what every call passes through. */
const config = { initialInputValidationIndex: -1 }

/** The contract, waiting to be answered. */
export const procedures = implement(contract, config)
  .$context<ApiContext>()
  .use(errorBorder)
  .use(guardAccess)
  .use(recordCalls)
