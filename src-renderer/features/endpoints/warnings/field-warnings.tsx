import type { LintWarning } from '#shared/model/lint-warning.ts'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { SEVERITY_LOOKS } from './severity-look.ts'

const EDGES: Record<LintWarning['severity'], string> = {
  danger: 'border-fail',
  warning: 'border-retry',
  note: 'border-line',
}

/** What is to be said of one field, each with how to mend it. */
export function FieldWarnings({ of, warnings }: { of: string; warnings: readonly LintWarning[] }) {
  if (warnings.length === 0) return null
  return (
    <ul aria-label={`Warnings about ${of}`} className="-mt-2 flex flex-col gap-1.5">
      {warnings.map(({ code, severity, message, fix }) => (
        <li key={code} className={`border-l-2 pl-2.5 text-small ${EDGES[severity]}`}>
          <StateMark look={SEVERITY_LOOKS[severity]} className="float-left mr-2 font-medium" />
          {message} <span className="text-muted">{fix}</span>
        </li>
      ))}
    </ul>
  )
}
