import { z } from 'zod'

/** A share as it is shown to people: never without what it is a share of. */
export const Rate = z.object({
  percent: z
    .number()
    .nullable()
    .describe('Rounded down to a tenth, so that 100 means all; null where there is nothing.'),
  sampleSize: z.number().int().nonnegative(),
  verdict: z.enum(['measured', 'insufficient_data']).describe('Whether the sample is large enough to say something.'),
})
export type Rate = z.infer<typeof Rate>

/** `part` of `whole`, and whether that many tell anything. */
export function rateOf(part: number, whole: number, minSample: number): Rate {
  return {
    percent: whole === 0 ? null : Math.floor((part * 1_000) / whole) / 10,
    sampleSize: whole,
    verdict: whole > 0 && whole >= minSample ? 'measured' : 'insufficient_data',
  }
}
