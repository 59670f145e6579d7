import { toInstant } from '#shared/contract/base.ts'
import { Scope } from '#shared/model/scope.ts'
import { mayDo } from '../../../engine/engine.ts'
import { slugOf } from './key-view.ts'
import { procedures } from '../procedures.ts'

export const callerHandler = procedures.caller.handler(({ context: { engine, actor } }) => {
  const { name, kind, keyId, projectId } = actor
  return {
    name,
    kind,
    keyId,
    scopes: Scope.options.filter((scope) => mayDo(actor, scope)),
    project: slugOf(engine, projectId),
    expiresAt: keyId === null ? null : toInstant(engine.keys.get(actor, keyId).expiresAt),
  }
})
