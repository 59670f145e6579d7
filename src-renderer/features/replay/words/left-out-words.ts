import type { LeftOut, OutageReason } from '#shared/model/replay.ts'

/** Why events are not sent, as it is said of several of them. */
export const LEFT_OUT_WORDS: Readonly<Record<LeftOut, string>> = {
  incomplete: 'did not arrive whole',
  handshake: 'were handshakes',
  event_gone: 'were deleted meanwhile',
  no_taker: 'are taken by no endpoint',
  endpoint_gone: 'were for an endpoint that is deleted',
  delivered: 'arrived there already',
  on_its_way: 'are on their way there',
  other_reason: 'stand otherwise than was chosen',
}

export interface ReasonWords {
  /** In a list of counts. */
  word: string
  /** What it means, in a sentence. */
  help: string
}

/** How events stand at an endpoint that did not get them. */
export const REASON_WORDS: Readonly<Record<OutageReason, ReasonWords>> = {
  failed: { word: 'failed', help: 'Tried for as long as its policy says, without success.' },
  missed: { word: 'missed', help: 'It takes them by its settings of now, and nothing was ever made for it.' },
  held: { word: 'held', help: 'Wait until it is resumed. Replayed to it, they are canceled for their replay.' },
  canceled: { word: 'canceled', help: 'Somebody canceled or discarded them.' },
  simulated: { word: 'simulated', help: 'Test mode was on: they never left Hookloop.' },
}

/** The parts of a count by reason that are not nothing, the most first. */
export function countsOf<K extends string>(counts: Partial<Record<K, number>>): { reason: K; count: number }[] {
  return (Object.entries(counts) as [K, number][])
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => ({ reason, count }))
    .toSorted((a, b) => b.count - a.count)
}
