import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { plural } from '../../../ui/format/size.ts'
import { Chip } from '../../../ui/layout/detail-pane.tsx'
import { SEVERITY_LOOKS } from './severity-look.ts'

/** How many graver things there are to say of an endpoint; notes stand at their fields alone. */
export function WarningCount({ endpointId }: { endpointId: string }) {
  const found = useQuery(useApi().endpoints.warnings.queryOptions({ input: { id: endpointId } })).data?.items ?? []
  return (['danger', 'warning'] as const).flatMap((severity) => {
    const count = found.filter((warning) => warning.severity === severity).length
    if (count === 0) return []
    return [
      <Chip key={severity}>
        <StateMark look={{ ...SEVERITY_LOOKS[severity], word: plural(count, severity) }} />
      </Chip>,
    ]
  })
}
