import { z } from 'zod'

/** What a desktop's window shows until the product runs. */
export type StartState =
  | { kind: 'starting' }
  | {
      kind: 'failed'
      message: string
      /** What to do about it, or the stack of an error that nobody foresaw. */
      detail: string
      dataDirectory: string | null
    }

/** All that this page may ask for. */
export const StartWish = z.enum(['retry', 'show-data', 'quit'])
export type StartWish = z.infer<typeof StartWish>
