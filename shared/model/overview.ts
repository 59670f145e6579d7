import { z } from 'zod'

/** How far back an overview looks. */
export const OverviewRange = z.enum(['1h', '24h', '7d', '30d'])
export type OverviewRange = z.infer<typeof OverviewRange>
