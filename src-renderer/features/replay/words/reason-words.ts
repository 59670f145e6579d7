import type { OutageReason } from '#shared/model/replay.ts'

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
