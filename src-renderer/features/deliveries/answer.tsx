import { useMemo } from 'react'
import type { AnswerView } from '#shared/contract/deliveries.ts'
import { headerValue } from '#shared/model/header.ts'
import { BodyView } from '../../ui/payload/body-view.tsx'
import { PairsTable } from '../../ui/payload/pairs-table.tsx'

/** What a receiver answered: its headers and its body, decoded where it came compressed. */
export function Answer({ answer }: { answer: AnswerView }) {
  const { headers, bodyBase64, decoded, truncated } = answer
  const shown = decoded?.bodyBase64 ?? bodyBase64
  const bytes = useMemo(() => Uint8Array.from(atob(shown), (character) => character.charCodeAt(0)), [shown])
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
