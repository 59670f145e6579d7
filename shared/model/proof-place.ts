import { z } from 'zod'

/** A place of a request that takes part in proving it. */
export const ProofPlace = z.object({
  in: z.enum(['header', 'body']),
  name: z.string().describe('A header’s name, or a path into a JSON body.'),
  carries: z.array(z.enum(['signature', 'timestamp', 'message id'])).readonly(),
})
export type ProofPlace = z.infer<typeof ProofPlace>
