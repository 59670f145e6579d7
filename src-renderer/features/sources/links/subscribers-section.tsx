import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SourceView } from '#shared/contract/sources.ts'
import type { SubscriptionView } from '#shared/contract/links/subscriptions.ts'
import { useApi, useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { Confirm } from '../../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../../ui/feedback/toast.tsx'
import { plural } from '../../../ui/format/size.ts'
import { useNow } from '../../../ui/format/use-now.ts'
import { agoWords, lagWords, presenceWords, repeatWords, SUBSCRIPTION_LOOKS } from './link-words.ts'

/** Lags move while nothing is told: they are asked for as often as both ends show that they are alive. */
const ASK_EVERY_MS = 5_000

/** Which machines take this source's events, and how far each is. Shown once there is one. */
export function SubscribersSection({ source }: { source: SourceView }) {
  const [isOpen, setOpen] = useState(true)
  const { data } = useQuery({
    ...useApi().subscriptions.list.queryOptions({ input: { source: source.id } }),
    refetchInterval: ASK_EVERY_MS,
  })
  const items = data?.items ?? []
  if (items.length === 0) return null
  const stalled = items.filter(({ state }) => state === 'stalled').length
  const live = items.filter(({ state }) => state === 'live').length
  return (
    <section aria-label="Subscribers" className="flex max-h-[60%] shrink-0 flex-col border-t border-line">
      <header className="flex items-center gap-2 px-4 py-2">
        <h2 className="text-small font-medium">Subscribers</h2>
        <span className={stalled > 0 ? 'text-fail' : 'text-muted'}>
          {live} of {items.length} live
          {stalled > 0 && `, ${stalled} stalled`}
        </span>
        <span className="grow" />
        <Button look="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide' : 'Show'}
        </Button>
      </header>
      {isOpen && (
        <ul className="flex min-h-0 flex-col overflow-y-auto pb-2">
          {items.map((subscription) => (
            <SubscriptionRow key={subscription.id} subscription={subscription} />
          ))}
        </ul>
      )}
    </section>
  )
}

function SubscriptionRow({ subscription }: { subscription: SubscriptionView }) {
  const nowAt = useNow()
  const [isEnding, setEnding] = useState(false)
  const { name, isGroup, filter, lag } = subscription
  return (
    <li className="flex flex-col gap-0.5 border-t border-line/55 px-4 py-1.5">
      <div className="flex items-center gap-2">
        <span className="truncate font-medium">{name}</span>
        {isGroup && <span className="text-muted">group</span>}
        <StateMark look={SUBSCRIPTION_LOOKS[subscription.state]} />
        <span className={`truncate ${lag.events > 0 ? '' : 'text-muted'}`}>{lagWords(lag, nowAt)}</span>
        <span className="grow" />
        <Button look="ghost" onClick={() => setEnding(true)}>
          End…
        </Button>
      </div>
      <p className="text-small text-muted">
        {presenceWords(subscription, nowAt)} · last event {agoWords(lag.lastEventAt, nowAt, 'none yet')} · sent again:{' '}
        {repeatWords(subscription)}
        {filter !== null && (
          <>
            {' '}
            · takes <span className="mono">{filter}</span>
          </>
        )}
        {lag.missed > 0 && <span className="text-fail"> · {lag.missed} deleted before they were taken</span>}
      </p>
      {isEnding && <EndSubscription subscription={subscription} onClose={() => setEnding(false)} />}
    </li>
  )
}

function EndSubscription({ subscription, onClose }: { subscription: SubscriptionView; onClose: () => void }) {
  const { api, queries } = useSession()
  const end = useMutation(
    api.subscriptions.delete.mutationOptions({
      onSuccess: async () => {
        onClose()
        showDone(`${subscription.name} subscribes no more.`)
        await queries.invalidateQueries({ queryKey: api.subscriptions.key() })
      },
      onError: showError,
    }),
  )
  const { lag } = subscription
  return (
    <Confirm
      title={`End the subscription of ${subscription.name}?`}
      action="End subscription"
      isBusy={end.isPending}
      onConfirm={() => end.mutate({ id: subscription.id })}
      onClose={onClose}
    >
      <p>
        {lag.events === 0
          ? 'Nothing waits for it.'
          : `${plural(lag.events, 'event')} that it did not take yet will not go to it any more.`}
      </p>
      <p className="text-muted">The events stay here. If it comes back, it begins with what comes from then on.</p>
    </Confirm>
  )
}
