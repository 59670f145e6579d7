import type { ReactNode } from 'react'
import type { AttemptView, DeliveryView } from '#shared/contract/deliveries.ts'
import { plural } from '../format/size.ts'
import { decodeUtf8 } from '../payload/body-kind.ts'
import { answerBytes } from './answer-bytes.ts'

function Box({ tone, children }: { tone: string; children: ReactNode }) {
  return <div className={`rounded-r border-l-2 px-2.5 py-1.5 ${tone}`}>{children}</div>
}

const LONGEST_QUOTE = 240

/** What the receiver answered, or else the bare technical cause. */
function Said({ attempt }: { attempt: AttemptView | undefined }) {
  const response = attempt?.response
  const body = response ? answerBytes(response) : new Uint8Array()
  const text = body.length === 0 ? null : decodeUtf8(body)
  const words = text ?? attempt?.failure?.detail ?? ''
  if (words === '') return null
  return (
    <span className="mono mt-0.5 block break-words text-muted">
      {words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE)}…` : words}
    </span>
  )
}

/** What happened last, why, and the next step, in plain words. Nothing where all is well. */
export function Why({
  delivery,
  lastAttempt,
  triesLeft,
}: {
  delivery: DeliveryView
  lastAttempt: AttemptView | undefined
  triesLeft: number
}) {
  const failure = lastAttempt?.failure ?? null
  if (delivery.state === 'held' && delivery.endpointId === null) {
    return (
      <Box tone="border-held bg-held/9">
        <b className="font-semibold">It came back with a restored backup.</b> It may have arrived since the backup was
        made, so it waits until someone releases it.
      </Box>
    )
  }
  if (delivery.state === 'held') {
    return (
      <Box tone="border-held bg-held/9">
        <b className="font-semibold">The endpoint is paused.</b> Nothing is sent and nothing is lost: this delivery
        waits until someone resumes it. {failure !== null && `Before that: ${failure.title.replace(/\.$/, '')}.`}
      </Box>
    )
  }
  if (failure === null || delivery.state === 'succeeded') return null
  return (
    <Box tone="border-fail bg-fail/9">
      <b className="font-semibold">{failure.title.replace(/\.$/, '')}.</b> {failure.explanation} {failure.nextStep}
      <Said attempt={lastAttempt} />
      {delivery.state === 'scheduled' && triesLeft > 0 && (
        <span className="mt-0.5 block text-muted">
          {plural(triesLeft, 'more try', 'more tries')} to come under this policy.
        </span>
      )}
    </Box>
  )
}
