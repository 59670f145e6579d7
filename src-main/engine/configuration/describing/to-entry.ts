import { isScript } from '#shared/model/answer-script.ts'
import type { Keep } from '#shared/model/configuration/secret-reference.ts'
import type { HeaderList } from '#shared/model/header.ts'
import { SigningRecipe } from '#shared/model/own-provider.ts'
import type { Policy } from '#shared/model/policy.ts'
import { DEFAULT_ANSWER, type SourceAnswer } from '#shared/model/source.ts'
import { WorkflowOptions } from '#shared/model/workflows/workflow.ts'
import { jsonEqual } from '../../conditions/json-equal.ts'
import { presetOf } from '../../delivery/policies.ts'
import { defaultsOf } from './defaults.ts'
import type { Described } from './describe.ts'
import { holdsCredential } from './mask-credentials.ts'

export const KEEP: Keep = { keep: true }

type Fields = Readonly<Record<string, unknown>>

/** An entry of a file that says what differs from the defaults. */
export function toEntry({ kind, name, fields }: Described): Record<string, unknown> {
  const write = WRITERS[kind]
  return Object.fromEntries(
    Object.entries(without(fields, defaultsOf(kind, name))).map(([field, value]) => [
      field,
      value === null ? null : (write[field]?.(value as never) ?? value),
    ]),
  )
}

/** What differs from what is there by itself. */
function without(fields: object, defaults: Fields): Record<string, unknown> {
  const own = Object.entries(fields).filter(
    ([field, value]) => !(Object.hasOwn(defaults, field) && jsonEqual(value, defaults[field])),
  )
  return Object.fromEntries(own)
}

/** How a field is written for a person, by kind; what is not here stands as it is. */
const WRITERS: Readonly<Record<Described['kind'], Readonly<Record<string, (value: never) => unknown>>>> = {
  provider: {
    signing: (recipe: SigningRecipe) => ({
      header: recipe.header,
      ...without(recipe, SigningRecipe.parse({ header: recipe.header })),
    }),
  },
  eventType: {},
  source: { answer: shortAnswer },
  endpoint: { policy: shortPolicy, headers: writtenHeaders },
  workflow: {
    targets: (targets: readonly object[]) => targets.map((target) => without(target, { tags: [] })),
    events: (events: readonly object[]) => events.map((event) => without(event, { provider: null })),
    options: (options: object) => without(options, DEFAULT_OPTIONS),
    schedule: (schedule: object) => without(schedule, { timeZone: 'UTC', missed: 'skip', tags: [] }),
  },
}

const DEFAULT_OPTIONS: Fields = WorkflowOptions.parse({})

/** Statuses alone, where there is no more to it. */
export function shortAnswer(answer: SourceAnswer): unknown {
  if (!isScript(answer)) return { status: answer.status, ...without(answer, DEFAULT_ANSWER) }
  const script = answer.script.map((step) => {
    const own = without(step, DEFAULT_ANSWER)
    const { status, ...more } = { status: step.status, ...own }
    return Object.keys(more).length === 0 ? status : { status, ...more }
  })
  return { script, ...without({ atEnd: answer.atEnd }, { atEnd: 'stay' }) }
}

/** Its preset’s id, with what differs from it. */
export function shortPolicy(policy: Policy): unknown {
  const preset = presetOf(policy.preset)
  if (!preset) return policy
  const own = without(policy, preset)
  return Object.keys(own).length === 0 ? policy.preset : { preset: policy.preset, ...own }
}

/** By their names, where these tell them apart. A value that seems to be a credential stays with the relay. */
function writtenHeaders(headers: HeaderList): unknown {
  const pairs = headers.map((pair) => [pair[0], holdsCredential(pair) ? KEEP : pair[1]] as const)
  const names = new Set(headers.map(([name]) => name))
  // Names that are whole numbers would be put in another order.
  const isMap = names.size === pairs.length && !headers.some(([name]) => /^\d+$/.test(name) || name === '__proto__')
  return isMap ? Object.fromEntries(pairs) : pairs
}
