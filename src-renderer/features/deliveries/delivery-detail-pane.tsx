import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useApi } from '../../platform/api/session.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { DeliveryButtons } from '../../ui/delivery/delivery-buttons.tsx'
import { Standing } from '../../ui/delivery/standing.tsx'
import { targetName } from '../../ui/delivery/target-name.ts'
import { TimeLine } from '../../ui/delivery/time-line.tsx'
import { Why } from '../../ui/delivery/why.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { fullTime } from '../../ui/format/time.ts'
import { Chip, DetailPane } from '../../ui/layout/detail-pane.tsx'
import { AttemptDetail } from './attempt-detail.tsx'
import { AttemptsTable } from './attempts-table.tsx'

export function DeliveryDetailPane({ deliveryId, onClose }: { deliveryId: string; onClose: () => void }) {
  const api = useApi()
  const input = { id: deliveryId }
  const delivery = useQuery(api.deliveries.get.queryOptions({ input }))
  const attempts = useQuery(api.deliveries.attempts.queryOptions({ input })).data?.items ?? []
  const { attempt: chosen } = useSearch({ from: '/deliveries' })
  const navigate = useNavigate()
  if (delivery.error !== null && delivery.data === undefined) {
    return (
      <DetailPane title="Delivery" id={deliveryId} onClose={onClose}>
        <ErrorState
          title="This delivery could not be read"
          error={delivery.error}
          onRetry={() => void delivery.refetch()}
        />
      </DetailPane>
    )
  }
  if (delivery.data === undefined) return <SkeletonRows />
  const { data } = delivery
  const lastAttempt = attempts.at(-1)
  const shown = attempts.find(({ number }) => String(number) === chosen) ?? lastAttempt
  const choose = (number: number): void =>
    void navigate({ to: '.', search: (old) => ({ ...old, attempt: String(number) }), replace: true })
  return (
    <DetailPane
      title={data.eventType}
      id={data.id}
      onClose={onClose}
      actions={
        <>
          <DeliveryButtons isOpened delivery={data} />
          <ActionButton action="delivery.replay" onAct={() => openOverlay({ kind: 'replay', eventId: data.eventId })}>
            Replay…
          </ActionButton>
          {(data.attempts > 1 || (data.replayId !== null && data.attempts > 0)) && (
            <ActionButton
              action="delivery.compare"
              onAct={() => void navigate({ to: '/compare/answers', search: { right: data.id } })}
            >
              Compare answers
            </ActionButton>
          )}
        </>
      }
      chips={
        <>
          <Chip>
            <Standing delivery={data} lastAttempt={lastAttempt} />
          </Chip>
          {data.replayId !== null && (
            <Link
              to="/replays/$replayId"
              params={{ replayId: data.replayId }}
              className="text-accent underline underline-offset-2"
            >
              Part of a replay
            </Link>
          )}
          <span className="pl-1">{fullTime(data.createdAt)}</span>
          <Link
            to="/inbox/$eventId"
            params={{ eventId: data.eventId }}
            className="text-accent underline underline-offset-2"
          >
            Show the event
          </Link>
        </>
      }
    >
      <div className="min-h-0 grow overflow-y-auto border-t border-line">
        <section aria-label="Time line" className="flex flex-col gap-2 border-b border-line px-4 py-3">
          <p className="flex min-w-0 items-baseline gap-2.5">
            <b className="shrink-0 font-medium">{targetName(data)}</b>
            <span className="mono truncate text-muted">{data.url}</span>
          </p>
          <TimeLine
            delivery={data}
            attempts={attempts}
            forecast={data.forecast}
            onSelect={({ number }) => choose(number)}
          />
          <Why delivery={data} lastAttempt={lastAttempt} triesLeft={data.forecast.length} />
        </section>
        {attempts.length > 0 && <AttemptsTable attempts={attempts} shownId={shown?.id} onChoose={choose} />}
        {shown !== undefined && <AttemptDetail key={shown.id} attempt={shown} />}
      </div>
    </DetailPane>
  )
}
