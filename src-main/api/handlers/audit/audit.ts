import { toInstant } from '#shared/contract/base.ts'
import { headFromText, headToText } from '#shared/model/audit.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { type ApiContext, visibleProject } from '../../api-context.ts'
import { procedures } from '../procedures.ts'

const { audit } = procedures

/** The one project that is asked for, or else all that the caller may see: null for every one. */
function askedProject(context: ApiContext, project: string | undefined): ProjectId | null {
  const ref = project ?? context.projectRef
  return ref === null ? context.actor.projectId : visibleProject(context, ref).id
}

const msOf = (instant: string | undefined): number | null => (instant === undefined ? null : Date.parse(instant))

export const auditHandlers = {
  list: audit.list.handler(async ({ context, input }) => {
    const { items, nextCursor } = await context.engine.audit.list({
      projectId: askedProject(context, input.project),
      action: input.action ?? null,
      actor: input.actor ?? null,
      target: input.target ?? null,
      outcome: input.outcome ?? null,
      since: msOf(input.since),
      until: msOf(input.until),
      limit: input.limit,
      cursor: input.cursor ?? null,
    })
    return { items: items.map((entry) => ({ ...entry, at: toInstant(entry.at) })), nextCursor }
  }),

  verify: audit.verify.handler(async ({ context, input: { expectHead } }) => {
    const expected = expectHead === undefined ? null : headFromText(expectHead)
    const { head, ...found } = await context.engine.audit.verify(expected)
    return { ...found, head: head && headToText(head) }
  }),
}
