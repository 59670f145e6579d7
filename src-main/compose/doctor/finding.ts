import { z } from 'zod'

/** What one check came to: `note` is worth knowing, `wrong` keeps something from working. */
export const Finding = z.object({
  check: z.enum([
    'program',
    'data',
    'disk',
    'database',
    'key',
    'clock',
    'proxy',
    'relay',
    'ports',
    'vault',
    'endpoints',
    'reach',
  ]),
  state: z.enum(['ok', 'note', 'wrong', 'skipped']),
  /** One sentence, without a secret. */
  says: z.string(),
  /** What to do; null where nothing is. */
  fix: z.string().nullable(),
})
export type Finding = z.infer<typeof Finding>
type Check = Finding['check']

export const ok = (check: Check, says: string): Finding => ({ check, state: 'ok', says, fix: null })
export const skipped = (check: Check, says: string): Finding => ({ check, state: 'skipped', says, fix: null })
export const note = (check: Check, says: string, fix: string | null = null): Finding => ({
  check,
  state: 'note',
  says,
  fix,
})
export const wrong = (check: Check, says: string, fix: string): Finding => ({ check, state: 'wrong', says, fix })

/** An error that a start would end with, as a finding. */
export function wrongBy(check: Check, error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error)
  const hint = error instanceof Error && 'hint' in error && typeof error.hint === 'string' ? error.hint : null
  return wrong(check, message, hint ?? 'See the sentence itself.')
}
