import type { Condition } from '#shared/model/condition.ts'
import type { Endpoint, EndpointVersion } from '#shared/model/endpoint.ts'
import { compileCondition } from '../conditions/compile-condition.ts'
import type { EventFacts } from '../conditions/event-facts.ts'
import { anyTakesType } from '#shared/model/event-type-filter.ts'

const conditions = new WeakMap<EndpointVersion, (facts: EventFacts) => boolean>()

/** Whether an event goes to the endpoint: its filter takes the type and its condition, if any, holds. */
export function takesEvent({ version }: Pick<Endpoint, 'version'>, facts: EventFacts): boolean {
  return anyTakesType(version.config.eventTypes, facts.event.type) && conditionOf(version)(facts)
}

/** Compiled once for each version. */
function conditionOf(version: EndpointVersion): (facts: EventFacts) => boolean {
  const known = conditions.get(version)
  if (known) return known
  const compiled = version.config.condition === null ? () => true : compiledOrNever(version.config.condition)
  conditions.set(version, compiled)
  return compiled
}

/** It was checked when it was saved; one that another release wrote must not stop captures. */
function compiledOrNever(condition: Condition): (facts: EventFacts) => boolean {
  try {
    return compileCondition(condition)
  } catch {
    return () => false
  }
}

/** The endpoints whose condition this release does not understand, so that they get nothing. */
export function withDeadCondition(endpoints: Iterable<Endpoint>): Endpoint[] {
  return [...endpoints].filter(({ version: { config } }) => {
    try {
      if (config.condition !== null) compileCondition(config.condition)
      return false
    } catch {
      return true
    }
  })
}
