import { useMemo } from 'react'
import type { AnswerView } from '#shared/contract/deliveries.ts'
import { headerValue } from '#shared/model/header.ts'
import { answerBytes } from '../../ui/delivery/answer-bytes.ts'
import { BodyView } from '../../ui/payload/body-view.tsx'
import { PairsTable } from '../../ui/payload/pairs-table.tsx'

/** What a receiver answered: its headers and its body, decoded where it came compressed. */
export function Answer({ answer }: { answer: AnswerView }) {
  const { headers, decoded, truncated } = answer
  const bytes = useMemo(() => answerBytes(answer), [answer])
  return (
    <>
      <PairsTable label="Answer headers" pairs={headers} />
      <div className={`mt-1.5 flex flex-col ${bytes.length > 0 ? 'h-48' : ''}`}>
        <BodyView bytes={bytes} contentType={headerValue(headers, 'content-type')} label="Answer body" />
      </div>
      {decoded !== null && (
        <p className="px-4 text-small text-muted">{decoded.note ?? 'It came compressed and is shown decoded.'}</p>
      )}
      {truncated && (
        <p className="px-4 text-small text-muted">The answer was longer; only its start is read and kept.</p>
      )}
    </>
  )
}
