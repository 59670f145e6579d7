import { z } from 'zod'
import { EventId } from './ids.ts'
import { Verdict } from './verdict.ts'

/** A verdict as it is kept of an event. */
export const EventVerdict = z.object({
  ...Verdict.shape,
  provider: z.string().describe('After whose scheme it was judged.'),
})
export type EventVerdict = z.infer<typeof EventVerdict>

/** What is known about an event beside its message, kept apart: events never change. */
export const Findings = z.object({
  verdict: EventVerdict.nullable().describe('Null where its source had no provider that signs.'),
  messageId: z.string().nullable().describe('The sender’s own id of the message, where it is known to give one.'),
  duplicateOf: EventId.nullable().describe('The event that brought this message first; null for that one itself.'),
  repeats: z.number().int().nonnegative().describe('How often its sender sent this message again, kept or dropped.'),
  isRead: z.boolean().describe('Whether somebody opened it, or marked it as read.'),
})
export type Findings = z.infer<typeof Findings>

export const NO_FINDINGS: Findings = { verdict: null, messageId: null, duplicateOf: null, repeats: 0, isRead: false }
