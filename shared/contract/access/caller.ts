import { z } from 'zod'
import { KeyId } from '../../model/ids.ts'
import { Scope } from '../../model/scope.ts'
import { Instant, reads } from '../base.ts'

export const CallerView = z.object({
  name: z.string().describe('As it is recorded with every change.'),
  kind: z.enum(['owner', 'key']),
  keyId: KeyId.nullable(),
  scopes: z.array(Scope),
  project: z.string().nullable().describe('The slug of the one project that it may see; null for all of them.'),
  expiresAt: Instant.nullable(),
})
export type CallerView = z.infer<typeof CallerView>

export const caller = reads(null)
  .route({ method: 'GET', path: '/caller', summary: 'Show who calls, and what they may do', tags: ['Keys'] })
  .output(CallerView)
