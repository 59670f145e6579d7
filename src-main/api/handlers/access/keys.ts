import { type ApiContext, visibleProject } from '../../api-context.ts'
import { toKeyView } from './key-view.ts'
import { procedures } from '../procedures.ts'

const { keys } = procedures
const HOUR_MS = 3_600_000

/** Null for every project: only where nothing names one, and the caller sees them all. */
function projectIdOf(context: ApiContext, named: string | null | undefined) {
  const ref = named === undefined ? (context.projectRef ?? context.actor.projectId) : named
  return ref === null ? null : visibleProject(context, ref).id
}

function msOf(instant: string | null | undefined): number | null | undefined {
  return instant == null ? instant : Date.parse(instant)
}

export const keyHandlers = {
  list: keys.list.handler(({ context: { engine, actor } }) => ({
    items: engine.keys.list(actor).map((key) => toKeyView(engine, key)),
    nextCursor: null,
  })),

  get: keys.get.handler(({ context: { engine, actor }, input }) => toKeyView(engine, engine.keys.get(actor, input.id))),

  create: keys.create.handler(async ({ context, input: { project, expiresAt, ...fields } }) => {
    const { engine, actor } = context
    const projectId = projectIdOf(context, project)
    const made = await engine.keys.create(actor, { ...fields, projectId, expiresAt: msOf(expiresAt) })
    return { ...toKeyView(engine, made.key), secret: made.secret }
  }),

  update: keys.update.handler(async ({ context: { engine, actor }, input: { id, expiresAt, ...change } }) =>
    toKeyView(engine, await engine.keys.update(actor, id, { ...change, expiresAt: msOf(expiresAt) })),
  ),

  rotate: keys.rotate.handler(async ({ context: { engine, actor }, input: { id, overlapHours } }) => {
    const { key, secret } = await engine.keys.rotate(actor, id, Math.round(overlapHours * HOUR_MS))
    return { ...toKeyView(engine, key), secret }
  }),

  revoke: keys.revoke.handler(async ({ context: { engine, actor }, input }) =>
    toKeyView(engine, await engine.keys.revoke(actor, input.id)),
  ),
}
