import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { AnswerView, AttemptView } from '#shared/contract/deliveries.ts'
import { useMay } from '../../platform/api/caller.ts'
import { describeError } from '../../platform/api/refusal.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { useHidesItself } from '../../ui/feedback/use-hides-itself.ts'
import { fullTime } from '../../ui/format/time.ts'
import { Answer } from './answer.tsx'

/** How long an answer stands on the screen as it came. */
const SHOWN_S = 60

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
  const [answer, setAnswer] = useState<AnswerView | null>(null)
  // Not by the cache of answers: what holds secrets is held by this dialog alone.
  const reveal = useMutation({
    gcTime: 0,
    mutationFn: async () => setAnswer((await client.deliveries.revealAnswer({ id: attempt.id })).response),
  })
  const close = (): void => {
    onClose()
    void queries.invalidateQueries({ queryKey: api.deliveries.attempts.key() })
    void queries.invalidateQueries({ queryKey: api.vault.key() })
  }
  if (answer !== null) return <Shown number={attempt.number} answer={answer} onClose={close} />
  return (
    <Dialog title="Show this answer as it came?" onClose={onClose}>
      <DialogBody>
        <p>
          The answer to attempt {attempt.number} can be shown with the secrets in it{' '}
          <b className="font-semibold">one time only</b>. Then it is forgotten, and its masked form stays.
        </p>
        <p className="text-muted">
          It is put on record that you looked, when and from where, before it is shown. It counts among the 10 reveals
          within an hour that this endpoint has.
        </p>
        {reveal.error !== null && (
          <p role="alert" className="text-fail">
            {describeError(reveal.error)}
          </p>
        )}
      </DialogBody>
      <DialogActions>
        <Button data-first onClick={reveal.isError ? close : onClose}>
          Cancel
        </Button>
        <Button look="danger" disabled={reveal.isPending || reveal.isError} onClick={() => reveal.mutate()}>
          Show once
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Shown({ number, answer, onClose }: { number: number; answer: AnswerView; onClose: () => void }) {
  const left = useHidesItself(SHOWN_S, onClose)
  return (
    <Dialog title="Shown this one time" isHeld wide onClose={onClose}>
      <p className="px-4 py-2.5">
        The answer to attempt {number} as it came, with status <span className="mono">{answer.status}</span>.
      </p>
      <Answer answer={answer} />
      <p className="px-4 py-2.5 text-muted">It hides itself in {left} s and is not shown again.</p>
      <DialogActions>
        <Button data-first look="primary" onClick={onClose}>
          Hide it
        </Button>
      </DialogActions>
    </Dialog>
  )
}
