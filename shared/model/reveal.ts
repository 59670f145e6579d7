import { z } from 'zod'
import { AttemptId, DeliveryId, EndpointId, SecretId } from './ids.ts'

/** Who asked, and from where; the address is null for the window of this machine. */
export const RevealedBy = z.object({
  name: z.string(),
  kind: z.enum(['owner', 'key']),
  keyId: z.string().nullable(),
  address: z.string().nullable(),
})

/** One try to see the value of a secret, or an answer in which secrets are masked, whatever came of it. */
export const RevealTry = z.object({
  secretId: z.union([SecretId, AttemptId]).describe('The version’s; of an answer, its attempt’s.'),
  endpointId: z.union([EndpointId, DeliveryId]).describe('The delivery’s where it has no endpoint.'),
  name: z.string().describe('The secret’s; `answer` of an answer.'),
  version: z.number().describe('Of an answer, the attempt’s number.'),
  at: z.number(),
  by: RevealedBy,
  outcome: z.enum(['revealed', 'already_revealed', 'reveal_limit', 'vault_locked']),
})
export type RevealTry = z.infer<typeof RevealTry>
