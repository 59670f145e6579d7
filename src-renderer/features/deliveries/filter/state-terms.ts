import type { DeliveryState } from '#shared/model/delivery.ts'
import { parseFilter, type ParsedToken } from '#shared/model/filter/language/parse-filter.ts'

/** States as people ask for them. */
export const STATE_GROUPS = {
  delivered: ['succeeded'],
  due: ['scheduled', 'delivering'],
  failed: ['failed'],
  held: ['held'],
  canceled: ['canceled'],
} as const satisfies Record<string, readonly DeliveryState[]>
export type StateGroup = keyof typeof STATE_GROUPS

export function isStateGroup(name: string): name is StateGroup {
  return Object.hasOwn(STATE_GROUPS, name)
}

/** The group that a filter narrows to; null where it asks for no state, or for others. */
export function groupOf(filter: string): StateGroup | null {
  const [token, ...more] = stateTokens(filter)
  const term = token?.term
  if (term?.kind !== 'named' || more.length > 0) return null
  const names = Object.keys(STATE_GROUPS).filter(isStateGroup)
  return (
    names.find((name) => {
      const states: readonly string[] = STATE_GROUPS[name]
      return states.length === term.values.length && states.every((state) => term.values.includes(state))
    }) ?? null
  )
}

/** The filter narrowed to another group in place of the states it asked for; to none with null. */
export function withGroup(filter: string, group: StateGroup | null): string {
  let rest = filter
  for (const { start, end } of stateTokens(filter).toReversed()) rest = `${rest.slice(0, start)}${rest.slice(end)}`
  const asked = group === null ? '' : `state:${STATE_GROUPS[group].join(',')}`
  return [asked, rest.replaceAll(/\s+/g, ' ').trim()].filter((part) => part !== '').join(' ')
}

function stateTokens(filter: string): readonly ParsedToken[] {
  return parseFilter(filter, 'deliveries').tokens.filter(
    ({ term }) => term?.kind === 'named' && term.key === 'state' && !term.negated,
  )
}
