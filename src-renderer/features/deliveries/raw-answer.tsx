import { useState } from 'react'
import type { AttemptView } from '#shared/contract/deliveries.ts'
import { useMay } from '../../platform/api/caller.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { OneTimeReveal } from '../../ui/feedback/one-time-reveal.tsx'
import { fullTime } from '../../ui/format/time.ts'
import { Answer } from './answer.tsx'

type Raw = NonNullable<NonNullable<AttemptView['response']>['raw']>

/** Says that secrets are masked in an answer, and lets whoever may see it as it came, one time. */
export function RawAnswer({ attempt, raw }: { attempt: Pick<AttemptView, 'id' | 'number'>; raw: Raw }) {
  const [isAsking, setAsking] = useState(false)
  const may = useMay('secrets:reveal')
  const { revealed } = raw
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 pt-1.5 text-small text-muted">
      <p>
        The receiver sent secrets of this endpoint back: they are masked here.
        {revealed !== null && ` It was shown as it came on ${fullTime(revealed.at)} to ${revealed.by.name}.`}
        {revealed === null && !may && ' This key may not see it as it came.'}
      </p>
      {revealed === null && may && <Button onClick={() => setAsking(true)}>Show as it came…</Button>}
      {isAsking && <RevealAnswer attempt={attempt} onClose={() => setAsking(false)} />}
    </div>
  )
}

function RevealAnswer({ attempt, onClose }: { attempt: Pick<AttemptView, 'id' | 'number'>; onClose: () => void }) {
  const { client, api, queries } = useSession()
  return (
    <OneTimeReveal
      title="Show this answer as it came?"
      confirm="Show once"
      wide
      question={
        <>
          <p>
            The answer to attempt {attempt.number} can be shown with the secrets in it{' '}
            <b className="font-semibold">one time only</b>. Then it is forgotten, and its masked form stays.
          </p>
          <p className="text-muted">
            It is put on record that you looked, when and from where, before it is shown. It counts among the 10 reveals
            within an hour that this endpoint has.
          </p>
        </>
      }
      reveal={async () => (await client.deliveries.revealAnswer({ id: attempt.id })).response}
      onEnd={() => {
        void queries.invalidateQueries({ queryKey: api.deliveries.attempts.key() })
        void queries.invalidateQueries({ queryKey: api.vault.key() })
      }}
      onClose={onClose}
    >
      {(answer, hides) => (
        <>
          <p className="px-4 py-2.5">
            The answer to attempt {attempt.number} as it came, with status <span className="mono">{answer.status}</span>
            .
          </p>
          <Answer answer={answer} />
          <p className="px-4 py-2.5 text-muted">{hides}</p>
        </>
      )}
    </OneTimeReveal>
  )
}
