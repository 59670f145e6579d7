import { z } from 'zod'
import { EndpointId } from './ids.ts'

/** What a restore left to decide: nothing is sent until a person releases what it held. */
export const Restored = z.object({
  at: z.number(),
  /** When the backup was made; null where that is not known. */
  backupAt: z.number().nullable(),
  /** Endpoints that were active in the backup, and are paused since. */
  endpointIds: z.array(EndpointId),
  /** Deliveries that were on their way in the backup, and are held since. */
  held: z.number(),
})
export type Restored = z.infer<typeof Restored>

/** Under which it is kept among the account's settings. */
export const RESTORED_SETTING = 'restored'
