import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { LinkView } from '#shared/contract/links/links.ts'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { showDone, showError } from '../../../ui/feedback/toast.tsx'
import { plural } from '../../../ui/format/size.ts'
import { formatWait, fullTime, relativeTime } from '../../../ui/format/time.ts'
import { useNow } from '../../../ui/format/use-now.ts'
import { FactList } from '../../../ui/layout/fact-list.tsx'
import { agoWords, lagWords, LINK_LOOKS } from './link-words.ts'

/** How a source is fed from a relay, and what can be done about it. */
export function LinkSection({ link }: { link: LinkView }) {
  const { api, queries } = useSession()
  const nowAt = useNow()
  const refresh = { onSuccess: () => queries.invalidateQueries({ queryKey: api.links.key() }), onError: showError }
  const update = useMutation(api.links.update.mutationOptions(refresh))
  const reconnect = useMutation(api.links.reconnect.mutationOptions(refresh))
  const { id, enabled, state, reason, hint, lag } = link
  const isWaiting = state === 'waiting' || state === 'stalled' || state === 'refused'
  return (
    <section
      aria-label="Link"
      className="flex min-h-0 grow flex-col gap-4 overflow-y-auto border-t border-line px-4 py-4"
    >
      <div className="flex flex-wrap items-center gap-2">
        <StateMark look={LINK_LOOKS[state]} className="font-medium" />
        <span className="text-muted" title={fullTime(link.since)}>
          for {formatWait(nowAt - Date.parse(link.since))}
        </span>
        <span className="grow" />
        {isWaiting && (
          <Button disabled={reconnect.isPending} onClick={() => reconnect.mutate({ id })}>
            Try now
          </Button>
        )}
        <Button disabled={update.isPending} onClick={() => update.mutate({ id, enabled: !enabled })}>
          {enabled ? 'Switch off' : 'Switch on'}
        </Button>
      </div>
      {reason !== null && state !== 'live' && (
        <div role="status" className="border-l-2 border-fail bg-fail/9 px-3 py-2">
          <p>{reason}</p>
          {hint !== null && <p className="text-muted">{hint}</p>}
          {link.nextTryAt !== null && (
            <p className="text-muted">It is tried again {relativeTime(link.nextTryAt, nowAt)}.</p>
          )}
        </div>
      )}
      <FactList
        facts={[
          [
            'Relay',
            <span key="relay" className="mono break-all">
              {link.url}
            </span>,
          ],
          ['Source there', link.remoteName === null ? link.remoteSource : `${link.remoteName} (${link.remoteSource})`],
          ['Subscribes as', link.group === null ? link.subscriber : `${link.subscriber}, sharing with “${link.group}”`],
          [
            'Takes',
            link.filter === null ? (
              'everything'
            ) : (
              <span key="filter" className="mono">
                {link.filter}
              </span>
            ),
          ],
          ['Behind', lag === null ? 'not known before it is live' : lagWords(lag, nowAt)],
          ['Last event', agoWords(link.lastEventAt ?? lag?.lastEventAt ?? null, nowAt, 'none yet')],
          ['Relay last heard', agoWords(link.lastHeardAt, nowAt, 'never since the start')],
          ['Since the start', cameWords(link)],
          ...((lag?.missed ?? 0) > 0
            ? ([
                [
                  'Missed',
                  <span key="missed" className="text-fail">
                    {lag!.missed} were deleted there before they came
                  </span>,
                ],
              ] as const)
            : []),
          ['Relay’s version', link.relayVersion ?? 'not known yet'],
        ]}
      />
      <NewKey link={link} />
    </section>
  )
}

function cameWords({ received, repeats }: LinkView): string {
  const came = `${plural(received, 'event')} came`
  return repeats === 0 ? came : `${came}; ${plural(repeats, 'repeat')} of them, each kept once`
}

/** A key that was made anew at the relay. It goes in and never comes back. */
function NewKey({ link }: { link: LinkView }) {
  const { api, queries } = useSession()
  const [key, setKey] = useState('')
  const update = useMutation(
    api.links.update.mutationOptions({
      onSuccess: async () => {
        setKey('')
        showDone('The key was replaced.')
        await queries.invalidateQueries({ queryKey: api.links.key() })
      },
    }),
  )
  const refusal = update.error === null ? null : refusalOf(update.error)
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        update.mutate({ id: link.id, key })
      }}
    >
      <div className="grow">
        <TextField
          label="Another key"
          type="password"
          mono
          placeholder="hlk_…"
          error={refusal === null ? null : `${refusal.message} ${refusal.hint ?? ''}`}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
      </div>
      <Button type="submit" className="mb-0.5" disabled={key === '' || update.isPending}>
        Replace
      </Button>
    </form>
  )
}
