import { z } from 'zod'
import { ById, InProject, Instant, reads } from '../base.ts'

const Count = z.number().int().nonnegative()

export const GapView = z.object({
  since: Instant.describe('When the last message before it came.'),
  until: Instant.describe('When the first message after it came, or the end of what was asked.'),
  isSilent: z.boolean().describe('Nothing at all came in it.'),
  missing: z
    .object({ first: Count, last: Count, count: Count })
    .nullable()
    .describe('The sender’s numbers that never came; null where the silence alone tells.'),
  notWhole: Count.describe('Messages in it that were partial, malformed or refused: they may be what is missing.'),
  awayMs: Count.describe('For how long of it Hookloop did not run.'),
})
export type GapView = z.infer<typeof GapView>

export const GapReportView = z.object({
  since: Instant,
  until: Instant,
  items: z.array(GapView).describe('Newest first, at most 200.'),
  total: z.object({ gaps: Count, missing: Count }).describe('Of all gaps, listed or not.'),
  numbering: z
    .enum(['none', 'too_few', 'sparse', 'dense'])
    .describe(
      'Whether the sender numbers its messages without holes as a rule (`dense`): only then a hole tells anything.',
    ),
  rhythm: z
    .object({ usualMs: Count, unusualAfterMs: Count })
    .nullable()
    .describe('The longest silence that the source has kept three times, and what is unusual for it.'),
  unknown: z.array(z.string()).describe('What this report cannot know, in sentences.'),
  resend: z.string().describe('How to have the sender send again what is missing.'),
})
export type GapReportView = z.infer<typeof GapReportView>

const PLACE = /^(?:header|json|form|query):.{1,200}$/

export const gaps = reads('sources:read')
  .route({
    method: 'GET',
    path: '/sources/{id}/gaps',
    summary: 'Find missing stretches',
    description:
      'Holes in the numbers that a sender gives its messages, and silences that are unusual for the source. The last 24 hours where no time is given.',
    tags: ['Sources'],
  })
  .input(
    z.object({
      ...ById.shape,
      ...InProject.shape,
      since: z.iso.datetime({ offset: true }).optional(),
      until: z.iso.datetime({ offset: true }).optional(),
      sequence: z
        .string()
        .regex(PLACE, 'give header:<name>, json:<path>, form:<field> or query:<name>')
        .optional()
        .describe(
          'Where the sender numbers its messages, such as `json:data.number`; its provider’s place if left out.',
        ),
    }),
  )
  .output(GapReportView)
