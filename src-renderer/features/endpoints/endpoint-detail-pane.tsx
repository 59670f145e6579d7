import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { useApi, useSession } from '../../platform/api/session.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { Button } from '../../ui/controls/button.tsx'
import { Tabs } from '../../ui/controls/tabs.tsx'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'
import { fullTime } from '../../ui/format/time.ts'
import { Chip, DetailPane } from '../../ui/layout/detail-pane.tsx'
import { CallbackNote } from './callback-note.tsx'
import { DeleteEndpoint } from './delete-endpoint.tsx'
import { EditEndpoint } from './form/edit-endpoint.tsx'
import { endpointLook } from './endpoint-row.tsx'
import { UnwatchedGate } from './warnings/unwatched-gate.tsx'
import { ChangeMarks } from './runbook/change-marks.tsx'
import { Runbook } from './runbook/runbook.tsx'
import { EndpointDay } from './stats/endpoint-day.tsx'
import { WarningCount } from './warnings/warning-count.tsx'
import { RotateSecret, SecretOverlap } from './rotate-secret.tsx'

export function EndpointDetailPane({ endpoint, onClose }: { endpoint: EndpointView; onClose: () => void }) {
  const { api, queries } = useSession()
  const [isDeleting, setDeleting] = useState(false)
  const [isRotating, setRotating] = useState(false)
  const navigate = useNavigate()
  const { tab = 'settings' } = useSearch({ from: '/endpoints' })
  const setTab = (next: string): void =>
    void navigate({ to: '.', search: (old) => ({ ...old, tab: next }), replace: true })
  const pause = useMutation(
    api.endpoints.pause.mutationOptions({
      onSuccess: async ({ held }) => {
        await queries.invalidateQueries({ queryKey: api.endpoints.key() })
        showDone(`Paused. ${held === 0 ? 'Nothing was waiting.' : `${plural(held, 'delivery', 'deliveries')} held.`}`)
      },
      onError: showError,
    }),
  )
  useActions({ 'endpoint.settings': () => setTab('settings'), 'endpoint.runbook': () => setTab('runbook') })
  const { id, name, state } = endpoint
  return (
    <DetailPane
      title={name}
      id={id}
      onClose={onClose}
      actions={
        <>
          {state === 'active' ? (
            <ActionButton
              action="endpoint.pause"
              blocked={pause.isPending ? 'One moment' : null}
              onAct={() => pause.mutate({ id })}
            >
              Pause
            </ActionButton>
          ) : (
            <ActionButton
              action="endpoint.resume"
              look="primary"
              onAct={() => openOverlay({ kind: 'resume', endpointId: id, name })}
            >
              Resume…
            </ActionButton>
          )}
          {endpoint.signedBy !== 'none' && (
            <ActionButton action="endpoint.rotate" onAct={() => setRotating(true)}>
              Rotate secret…
            </ActionButton>
          )}
          {endpoint.role === null && (
            <ActionButton action="endpoint.delete" look="danger" onAct={() => setDeleting(true)}>
              Delete…
            </ActionButton>
          )}
        </>
      }
      chips={<Facts endpoint={endpoint} />}
    >
      <UnwatchedGate endpointId={id} />
      <EndpointDay endpointId={id} />
      {endpoint.role === 'callback' && <CallbackNote />}
      <Tabs
        label="Endpoint"
        value={tab}
        onChange={setTab}
        tabs={[
          {
            id: 'settings',
            label: 'Settings',
            content: () => <EditEndpoint key={endpoint.versionId} endpoint={endpoint} />,
          },
          {
            id: 'runbook',
            label: 'Runbook',
            content: () => <Runbook endpoint={endpoint} form={<ToSettings onOpen={() => setTab('settings')} />} />,
          },
        ]}
      />
      {isRotating && <RotateSecret endpoint={endpoint} onClose={() => setRotating(false)} />}
      {isDeleting && <DeleteEndpoint endpoint={endpoint} onClose={() => setDeleting(false)} onDeleted={onClose} />}
    </DetailPane>
  )
}

function ToSettings({ onOpen }: { onOpen: () => void }) {
  return (
    <Button className="self-start" onClick={onOpen}>
      Change its settings
    </Button>
  )
}

function Facts({ endpoint }: { endpoint: EndpointView }) {
  const { id, pausedAt, consecutiveFailures, secrets, signedBy, version } = endpoint
  return (
    <>
      <Chip>
        <StateMark look={endpointLook(endpoint)} />
      </Chip>
      {pausedAt !== null && <span>since {fullTime(pausedAt)}</span>}
      {pausedAt !== null && <Held endpointId={id} />}
      {consecutiveFailures > 0 && (
        <Chip tone="border-fail/50 text-fail">{plural(consecutiveFailures, 'failure')} in a row</Chip>
      )}
      <WarningCount endpointId={id} />
      <Chip>{signedBy === 'none' ? 'not signed' : `signed by ${signedBy}`}</Chip>
      {secrets.length > 0 && <Chip>secret ••••••••</Chip>}
      <SecretOverlap endpoint={endpoint} />
      <Chip>version {version}</Chip>
      <ChangeMarks endpoint={endpoint} />
      <Link to="/deliveries" search={{ filter: `endpoint:${id}` }} className="text-accent underline underline-offset-2">
        Its deliveries
      </Link>
      <Link
        to="/replays/$replayId"
        params={{ replayId: 'outage' }}
        search={{ endpoint: id }}
        className="text-accent underline underline-offset-2"
      >
        Recover an outage
      </Link>
    </>
  )
}

function Held({ endpointId }: { endpointId: string }) {
  const held = useQuery(
    useApi().deliveries.list.queryOptions({ input: { endpointId, state: 'held', limit: 500 } }),
  ).data
  if (held === undefined || held.items.length === 0) return null
  return (
    <Chip tone="border-held/50 text-held">
      {held.nextCursor === null ? held.items.length : `${held.items.length}+`} held
    </Chip>
  )
}
