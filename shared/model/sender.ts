import { z } from 'zod'
import { SenderId } from './ids.ts'

/** As whom a triggered delivery is sent. Its secret, if it has one of its own, is kept sealed beside it. */
export const Sender = z.object({
  id: SenderId,
  /** The provider that signs. */
  provider: z.string(),
  /** The policy preset of a delivery to a bare URL; one to an endpoint goes by the endpoint's. */
  policy: z.string(),
})
export type Sender = z.infer<typeof Sender>
