import type { AnyProcedure } from '@orpc/server'
import type { Scope } from '#shared/model/scope.ts'
import { type Caller, mayDo } from '../../engine/engine.ts'
import type { ApiContext } from '../api-context.ts'
import { accessOf } from './audited-call.ts'
import { fieldsOf, textOf } from './subject.ts'

/** Puts on record that somebody tried to change what they may not. It never throws: the call is refused either way. */
export async function recordForbidden(context: ApiContext, procedure: AnyProcedure, input: unknown): Promise<void> {
  const { action, scope } = accessOf(procedure)
  if (action === null) return
  const { actor, engine, log } = context
  const target = { id: textOf(fieldsOf(input)['id']) }
  const detail = { facts: lacking(actor, scope) }
  const entry = { actor, action, projectId: actor.projectId, target, detail, code: 'forbidden' }
  // Each try to see a secret counts; of others, a key at odds with its program may make thousands.
  const isTold = scope === 'secrets:reveal'
  const recorded = isTold ? engine.audit.record({ ...entry, outcome: 'refused' }) : engine.audit.recordRefusal(entry)
  await recorded.catch((error: unknown) => {
    log.error('A refused try could not be put on record', { action, error: String(error) })
  })
}

/** The scope that is missing, where one is: a caller may also reach too far. */
function lacking(actor: Caller, scope: Scope | null): Record<string, string> {
  return scope === null || mayDo(actor, scope) ? {} : { lacks: scope }
}
