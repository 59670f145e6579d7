import { z } from 'zod'

/** A header that goes with a callback. */
export const CallbackHeader = z.object({ key: z.string(), value: z.string() })
export type CallbackHeader = z.infer<typeof CallbackHeader>

/** Where callbacks go. The headers belong to this URL and go to no other. */
export interface Callback {
  url: string
  headers: readonly CallbackHeader[]
}

/** What a stored credential is shown as; given back, it keeps the value that is stored. */
export const MASKED_VALUE = '***'
