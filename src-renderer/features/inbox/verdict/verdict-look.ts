import { Repeat2, ShieldCheck, ShieldQuestionMark, ShieldX } from 'lucide-react'
import type { EventSummary } from '#shared/contract/events.ts'
import type { EventVerdict } from '#shared/model/findings.ts'
import type { Look } from '../../../ui/delivery/delivery-words.ts'

const VERDICT_LOOKS: Record<EventVerdict['verdict'], Look> = {
  valid: { word: 'valid', icon: ShieldCheck, tone: 'text-ok' },
  invalid: { word: 'invalid', icon: ShieldX, tone: 'text-fail' },
  unchecked: { word: 'unchecked', icon: ShieldQuestionMark, tone: 'text-muted' },
}

export function verdictLook({ verdict }: Pick<EventVerdict, 'verdict'>): Look {
  return VERDICT_LOOKS[verdict]
}

/** Whether the message came before, or came again; null where it came once. */
export function repeatLook({ duplicateOf, repeats }: Pick<EventSummary, 'duplicateOf' | 'repeats'>): Look | null {
  if (duplicateOf !== null) return { word: 'repeat', icon: Repeat2, tone: 'text-retry' }
  return repeats === 0 ? null : { word: `came ${repeats + 1}×`, icon: Repeat2, tone: 'text-muted' }
}
