import { z } from 'zod'
import { AuditEntry, AuditHeadText, AuditOutcome } from '../../model/audit.ts'
import { Instant, PageInput, pageOf, reads } from '../base.ts'

export const AuditEntryView = z.object({ ...AuditEntry.shape, at: Instant })
export type AuditEntryView = z.infer<typeof AuditEntryView>

export const AuditVerification = z.object({
  intact: z.boolean(),
  checked: z.number().int().describe('Entries from the first on that are as they were written.'),
  head: AuditHeadText.nullable().describe(
    'The last of them; noted elsewhere, it proves later that nothing was cut off.',
  ),
  broken: z
    .object({ number: z.number().int(), problem: z.string() })
    .nullable()
    .describe('The first row that is wrong.'),
  clockSetBack: z
    .object({ count: z.number().int(), first: z.number().int().nullable() })
    .describe('Entries that say an earlier time than the one before; this breaks nothing.'),
})
export type AuditVerification = z.infer<typeof AuditVerification>

const text = z.string().min(1).max(300)
const tags = ['Audit']

export const audit = {
  list: reads('audit:read', ['not_found'])
    .route({
      method: 'GET',
      path: '/audit',
      summary: 'List what was done, by whom and from where',
      description: 'By number, newest first. Without `project`, of every project that the caller may see.',
      tags,
    })
    .input(
      z.object({
        project: z.string().optional().describe('Only what concerns this project, by id or slug.'),
        ...PageInput.shape,
        action: text.optional().describe('An action, or a prefix such as `endpoint.*`.'),
        actor: text.optional().describe('The name of an actor, or the id of its key.'),
        target: text.optional().describe('The id or the name of what it was done to.'),
        outcome: AuditOutcome.optional(),
        since: Instant.optional(),
        until: Instant.optional(),
      }),
    )
    .output(pageOf(AuditEntryView)),
  verify: reads('audit:read', [], 'installation')
    .route({
      method: 'GET',
      path: '/audit/verify',
      summary: 'Check that nothing in the audit log was edited, cut or reordered',
      description: 'Reads the whole log in slices; other work goes on meanwhile.',
      tags,
    })
    .input(z.object({ expectHead: AuditHeadText.optional().describe('A head that was noted before.') }))
    .output(AuditVerification),
}
