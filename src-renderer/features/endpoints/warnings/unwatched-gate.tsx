import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useApi } from '../../../platform/api/session.ts'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { SEVERITY_LOOKS } from './severity-look.ts'

/** Points out a workflow that lets changes pass here while no alert watches the endpoint. */
export function UnwatchedGate({ endpointId }: { endpointId: string }) {
  const found = useQuery(useApi().endpoints.warnings.queryOptions({ input: { id: endpointId } })).data?.items
  const warning = found?.find(({ code }) => code === 'gate_unwatched')
  if (warning === undefined) return null
  return (
    <p className="shrink-0 border-t border-line px-4 py-2 text-small">
      <StateMark look={SEVERITY_LOOKS[warning.severity]} className="float-left mr-2 font-medium" />
      {warning.message}{' '}
      <Link to="/alerts/$ruleId" params={{ ruleId: 'new' }} className="text-accent underline underline-offset-2">
        Set an alert
      </Link>
    </p>
  )
}
