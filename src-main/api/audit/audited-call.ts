import type { AnyProcedure } from '@orpc/server'
import type { Access } from '#shared/contract/base.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { type ApiContext, projectOf } from '../api-context.ts'
import { fieldsOf, type Input, type Subject, textOf } from './subject.ts'

/**
 * Each makes an event, which is the record of it for as long as it is kept, and may come a hundred times a second: an
 * entry for each would bury what people do.
 */
const ARE_EVENTS: ReadonlySet<string> = new Set(['event.create', 'event.trigger'])
/** Opening an event marks it, and it can be marked back: nothing is lost by it that anybody would look for. */
const ARE_MARKS: ReadonlySet<string> = new Set(['event.mark'])

/** How the audit log names a call of this procedure; null where it is not for the log, or only counts what it would do. */
export function auditedAction(procedure: AnyProcedure, input: Input): string | null {
  const { action } = accessOf(procedure)
  return action === null || ARE_EVENTS.has(action) || ARE_MARKS.has(action) || input['dryRun'] === true ? null : action
}

export function accessOf(procedure: AnyProcedure): Access {
  return procedure['~orpc'].meta as Access
}

/** What the call is about, by what its answer or else its input say. */
export function targetOf(
  subject: Subject | null,
  input: Input,
  output: unknown,
): { id: string | null; name: string | null } {
  const answered = answeredThing(output)
  return {
    id: subject?.id ?? textOf(answered['id']) ?? textOf(input['id']),
    name: subject?.name ?? textOf(answered['name']) ?? textOf(input['name']),
  }
}

/** The answer where it has an id, or else what in it has one. */
export function answeredThing(output: unknown): Input {
  const fields = fieldsOf(output)
  if (textOf(fields['id']) !== null) return fields
  return (
    Object.values(fields)
      .map(fieldsOf)
      .find((inner) => textOf(inner['id']) !== null) ?? fields
  )
}

/** The project that the call concerns; null where it concerns none, or one that the caller cannot see. */
export function projectIdOf(
  context: ApiContext,
  procedure: AnyProcedure,
  { subject, input, output }: { subject: Subject | null; input: Input; output: unknown },
): ProjectId | null {
  const answered = textOf(answeredThing(output)['projectId']) as ProjectId | null
  if (subject || answered) return subject?.projectId ?? answered
  if (!takesProject(procedure)) return context.actor.projectId
  try {
    return projectOf(context, { project: textOf(input['project']) ?? undefined }).id
  } catch {
    return context.actor.projectId
  }
}

function takesProject(procedure: AnyProcedure): boolean {
  const schema = procedure['~orpc'].inputSchema
  return schema !== undefined && 'shape' in schema && Object.hasOwn(fieldsOf(schema.shape), 'project')
}
