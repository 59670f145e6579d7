import { CircleDashed } from 'lucide-react'
import type { IntegrationView } from '#shared/contract/operations/integrations.ts'
import type { Look } from '../../../ui/delivery/delivery-words.ts'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { ListHeader } from '../../../ui/layout/list-header.tsx'
import { endpointLook, typesWords } from '../endpoint-row.tsx'

const COLUMNS =
  'grid-cols-[minmax(96px,150px)_minmax(208px,1fr)_100px_110px_minmax(0,1.4fr)] @max-2xl:grid-cols-[102px_minmax(0,1fr)_72px]'

export function IntegrationListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span>state</span>
      <span>destination</span>
      <span>mode</span>
      <span className="@max-2xl:hidden">last change</span>
      <span className="@max-2xl:hidden">event types</span>
    </ListHeader>
  )
}

export function integrationLook({ state, pausedReason }: IntegrationView): Look {
  if (state === null) return { word: 'not set up', icon: CircleDashed, tone: 'text-muted' }
  return endpointLook({ state, pausedReason })
}

export function IntegrationRow({ integration }: { integration: IntegrationView }) {
  const { configured, testMode, lastChangeTested, eventTypes } = integration
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
      <StateMark look={integrationLook(integration)} />
      <span className="truncate">{integration.name}</span>
      {configured ? (
        <>
          <span className="truncate text-muted">{testMode ? 'test mode' : 'live'}</span>
          <span className={`truncate @max-2xl:hidden ${lastChangeTested ? 'text-ok' : 'text-retry'}`}>
            {lastChangeTested ? 'tested' : 'not tested'}
          </span>
          <span className="truncate text-muted @max-2xl:hidden">{typesWords(eventTypes)}</span>
        </>
      ) : (
        <span className="col-span-3 truncate text-muted @max-2xl:hidden">open it to enter its keys and a mapping</span>
      )}
    </div>
  )
}
