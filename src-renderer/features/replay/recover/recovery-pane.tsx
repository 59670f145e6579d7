import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { useApi, useSession } from '../../../platform/api/session.ts'
import { openOverlay } from '../../../platform/overlays.ts'
import { beginReplay, type ReplayInput } from '../../../platform/replays/begin-replay.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { SelectField } from '../../../ui/controls/field.tsx'
import { DetailPane } from '../../../ui/layout/detail-pane.tsx'
import { watchReplay } from '../watch-replay.ts'
import { RecoveryForm } from './recovery-form.tsx'

/** Finds what an endpoint did not get in some time, and sends it again. */
export function RecoveryPane({ onBegun, onClose }: { onBegun: (replayId: string) => void; onClose: () => void }) {
  const session = useSession()
  const navigate = useNavigate()
  const { endpoint: endpointId } = useSearch({ from: '/replays' })
  const endpoints = useQuery(useApi().endpoints.list.queryOptions({ input: {} })).data?.items
  const endpoint = endpoints?.find(({ id }) => id === endpointId)
  const begin = useMutation({
    mutationFn: (input: ReplayInput) => beginReplay(session.client, input),
    onSuccess: ({ id }) => {
      watchReplay(session, id)
      onBegun(id)
    },
  })
  return (
    <DetailPane title="Recover an outage" onClose={onClose}>
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto border-t border-line p-4">
        <p className="text-muted">
          Everything that an endpoint did not get in some time: found, counted, and sent again once you have seen the
          count.
        </p>
        <SelectField
          label="Endpoint"
          value={endpointId ?? ''}
          error={
            endpointId !== undefined && endpoints !== undefined && endpoint === undefined
              ? 'There is no such endpoint in this project. Choose another one.'
              : null
          }
          onChange={(event) =>
            void navigate({ to: '.', search: { endpoint: event.target.value || undefined }, replace: true })
          }
        >
          <option value="">Choose one</option>
          {endpoints?.map(({ id, name, state }) => (
            <option key={id} value={id}>
              {name}
              {state === 'paused' ? ' (paused)' : ''}
            </option>
          ))}
        </SelectField>
        {endpoint !== undefined && <PausedNote endpoint={endpoint} />}
        {endpoint !== undefined && (
          <RecoveryForm
            key={endpoint.id}
            endpoint={endpoint}
            isBeginning={begin.isPending}
            refusal={begin.error === null ? null : refusalOf(begin.error)}
            onBegin={(input) => begin.mutate(input)}
          />
        )}
      </div>
    </DetailPane>
  )
}

function PausedNote({ endpoint: { id, name, state } }: { endpoint: EndpointView }) {
  if (state !== 'paused') return null
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-l-2 border-held bg-held/9 px-2.5 py-1.5">
      <p>
        <b className="font-semibold">It is paused.</b> What is replayed to it is held as well, until it is resumed.
      </p>
      <Button onClick={() => openOverlay({ kind: 'resume', endpointId: id, name })}>Resume…</Button>
    </div>
  )
}
