import { Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { LintWarning } from '#shared/model/lint-warning.ts'
import type { Look } from '../../../ui/delivery/delivery-words.ts'

export const SEVERITY_LOOKS: Record<LintWarning['severity'], Look> = {
  danger: { word: 'danger', icon: OctagonAlert, tone: 'text-fail' },
  warning: { word: 'warning', icon: TriangleAlert, tone: 'text-retry' },
  note: { word: 'note', icon: Info, tone: 'text-muted' },
}
