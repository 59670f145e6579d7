import { z } from 'zod'
import { EndpointId, SecretId } from './ids.ts'

/** Who asked, and from where; the address is null for the window of this machine. */
export const RevealedBy = z.object({
  name: z.string(),
  kind: z.enum(['owner', 'key']),
  keyId: z.string().nullable(),
  address: z.string().nullable(),
})

/** One try to see the value of a secret, whatever came of it. */
export const RevealTry = z.object({
  secretId: SecretId,
  endpointId: EndpointId,
  name: z.string(),
  version: z.number(),
  at: z.number(),
  by: RevealedBy,
  outcome: z.enum(['revealed', 'already_revealed', 'reveal_limit', 'vault_locked']),
})
export type RevealTry = z.infer<typeof RevealTry>
