import { z } from 'zod'
import { EventType } from '../event.ts'
import { HeaderList } from '../header.ts'

/** An event of a checked file, but for its body. */
export const StagedEvent = z.object({
  type: EventType,
  provider: z.string().max(60).nullable(),
  method: z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}$/),
  path: z.string().max(16_384),
  query: z.string().max(65_536).nullable(),
  httpVersion: z.string().max(8),
  headers: HeaderList,
  trailers: HeaderList,
  contentType: z.string().max(1_000).nullable(),
  /** When it came first, in unix ms; null where the file does not say. */
  cameAt: z.number().nullable(),
})
export type StagedEvent = z.infer<typeof StagedEvent>
