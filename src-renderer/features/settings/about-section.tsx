import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../platform/api/session.ts'
import { CopyButton } from '../../ui/controls/copy-button.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { FactList } from '../../ui/layout/fact-list.tsx'

/** What is set when the program starts, to be read here. */
export function AboutSection() {
  const status = useQuery(useApi().system.status.queryOptions({ input: {} }))
  if (status.isPending) return <SkeletonRows rows={4} />
  if (status.data === undefined) {
    return (
      <ErrorState title="The status could not be read" error={status.error} onRetry={() => void status.refetch()} />
    )
  }
  const { version, mode, captureUrl } = status.data
  return (
    <>
      <p className="text-muted">
        These are set when Hookloop starts: by <code>--port</code>, <code>--capture-port</code> and <code>--host</code>,
        or by the environment.
      </p>
      <FactList
        facts={[
          ['Version', version],
          ['Reachable', mode === 'team' ? 'By the team, with keys' : 'From this machine only'],
          ['Capture', <Address key="capture" name="capture address" address={captureUrl} />],
          ...(location.protocol.startsWith('http')
            ? [
                ['API', <Address key="api" name="API address" address={`${location.origin}/api/v1`} />] as const,
                [
                  'OpenAPI',
                  <Address key="openapi" name="OpenAPI address" address={`${location.origin}/api/v1/openapi.json`} />,
                ] as const,
              ]
            : []),
        ]}
      />
    </>
  )
}

function Address({ name, address }: { name: string; address: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span className="mono truncate">{address}</span>
      <CopyButton iconOnly text={address} label={`Copy the ${name}`} />
    </span>
  )
}
