import { Check, CircleHelp, CircleX, ShieldX } from 'lucide-react'
import type { AuditOutcome } from '#shared/model/audit.ts'
import type { Look } from '../../ui/delivery/delivery-words.ts'

export const OUTCOME_LOOKS: Record<AuditOutcome, Look> = {
  done: { word: 'done', icon: Check, tone: 'text-ok' },
  refused: { word: 'refused', icon: ShieldX, tone: 'text-held' },
  failed: { word: 'failed', icon: CircleX, tone: 'text-fail' },
  interrupted: { word: 'interrupted', icon: CircleHelp, tone: 'text-retry' },
}

/** What an outcome means for whoever reads it. */
export const OUTCOME_WORDS: Record<AuditOutcome, string> = {
  done: 'It was done.',
  refused: 'It was refused and changed nothing.',
  failed: 'Something went wrong inside. A part of it may have been done.',
  interrupted: 'Hookloop ended before it could tell how this ended. It may have been done.',
}
