import { DeliveryState } from '../../delivery.ts'
import { Capture, EventOrigin } from '../../event.ts'
import { FailureCode } from '../../failure.ts'
import { Verdict } from '../../verdict.ts'
import { NAMED_KEYS, type FilterSubject, type NamedKey } from './filter-term.ts'

export type FilterKeyName = NamedKey | 'status' | 'since' | 'until' | 'header'

export interface FilterKey {
  name: FilterKeyName
  /** What it asks, for a person who chooses among keys. */
  asks: string
  example: string
  subjects: readonly FilterSubject[]
  /** The words that it takes; null for any. */
  words: readonly string[] | null
}

const EVENTS = { subjects: ['events'], words: null } as const
const DELIVERIES = { subjects: ['deliveries'], words: null } as const
const BOTH = { subjects: ['events', 'deliveries'], words: null } as const
const VERDICTS = Verdict.shape.verdict.options

/** Every key, in the order in which they are suggested. */
export const FILTER_KEYS: readonly FilterKey[] = [
  { ...BOTH, name: 'type', asks: 'event type', example: 'type:audit.*' },
  { ...EVENTS, name: 'source', asks: 'where it came in', example: 'source:inbox' },
  { ...BOTH, name: 'state', asks: 'how a delivery stands', example: 'state:failed', words: DeliveryState.options },
  { ...BOTH, name: 'endpoint', asks: 'where it goes', example: 'endpoint:"CRM sync"' },
  { ...EVENTS, name: 'verdict', asks: 'whether its signature holds', example: 'verdict:invalid', words: VERDICTS },
  { ...BOTH, name: 'status', asks: 'what an attempt was answered', example: 'status:5xx' },
  {
    ...BOTH,
    name: 'reason',
    asks: 'what a delivery failed of',
    example: 'reason:timed_out',
    words: FailureCode.options,
  },
  { ...BOTH, name: 'since', asks: 'from when on', example: 'since:2h' },
  { ...BOTH, name: 'until', asks: 'before when', example: 'until:2026-11-25T10:02' },
  { ...EVENTS, name: 'header', asks: 'a header it has', example: 'header:x-topic=orders' },
  { ...EVENTS, name: 'provider', asks: 'who sent it', example: 'provider:stripe' },
  { ...EVENTS, name: 'capture', asks: 'how whole it is', example: 'capture:partial', words: Capture.options },
  { ...EVENTS, name: 'origin', asks: 'how it came to be', example: 'origin:composed', words: EventOrigin.options },
  { ...BOTH, name: 'event', asks: 'which event', example: 'event:evt_…' },
  { ...EVENTS, name: 'edited', asks: 'copies made by editing an event', example: 'edited:evt_…' },
  { ...DELIVERIES, name: 'replay', asks: 'which replay', example: 'replay:rpl_…' },
]

export function filterKey(name: string): FilterKey | undefined {
  return FILTER_KEYS.find((key) => key.name === name)
}

export function isNamedKey(name: string): name is NamedKey {
  return (NAMED_KEYS as readonly string[]).includes(name)
}

/** The key that was likely meant by a word which differs from it by one letter; undefined where there is none. */
export function keyLike(word: string): FilterKey | undefined {
  return FILTER_KEYS.find(({ name }) => name !== word && isOneLetterOff(name, word))
}

/** One letter more, less, other, or two that changed places. */
function isOneLetterOff(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1 || Math.min(one.length, other.length) < 4) return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start++
  const [restOfOne, restOfOther] = [one.slice(start), other.slice(start)]
  return (
    restOfOne.slice(1) === restOfOther.slice(1) ||
    restOfOne.slice(1) === restOfOther ||
    restOfOne === restOfOther.slice(1) ||
    (restOfOne.slice(2) === restOfOther.slice(2) && restOfOne[0] === restOfOther[1] && restOfOne[1] === restOfOther[0])
  )
}
