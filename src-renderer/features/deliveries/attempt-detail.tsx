import type { ReactNode } from 'react'
import type { AttemptView } from '#shared/contract/deliveries.ts'
import { TimingsBar } from '../../ui/delivery/timings.tsx'
import { formatBytes } from '../../ui/format/size.ts'
import { headerMark, PairsTable } from '../../ui/payload/pairs-table.tsx'
import { Answer } from './answer.tsx'
import { RawAnswer } from './raw-answer.tsx'

function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-b border-line py-2.5">
      <h2 className="flex items-baseline gap-2.5 px-4 pb-1.5 font-medium">
        {title}
        <span className="mono min-w-0 truncate font-normal text-muted">{aside}</span>
      </h2>
      {children}
    </section>
  )
}

const PROCESSED_WORDS = {
  no: 'The receiver did not handle it.',
  maybe: 'The receiver may have handled it: a retry can repeat it.',
  yes: 'The receiver handled it.',
} as const

/** One attempt in full: where its time went, what was sent, what came back, what went wrong. */
export function AttemptDetail({ attempt }: { attempt: AttemptView }) {
  const { number, request, response, failure, timings } = attempt
  return (
    <div>
      <Part title={`Attempt ${number}`} aside={response?.remoteAddress ?? undefined}>
        <div className="flex flex-col gap-2 px-4">
          <TimingsBar timings={timings} />
          {failure !== null && (
            <p className="text-muted">
              It ended in the stage <span className="mono text-text">{failure.phase}</span>.{' '}
              {PROCESSED_WORDS[failure.processed]}
            </p>
          )}
        </div>
      </Part>
      {request === null ? (
        <Part title="Request">
          <p className="px-4 text-muted">Nothing was sent: the request could not be built.</p>
        </Part>
      ) : (
        <Part title="Request" aside={`${request.method} ${request.url}`}>
          <PairsTable
            label="Request headers"
            pairs={request.headers}
            markName={(name) => headerMark(name, request.headers)}
          />
          <p className="px-4 pt-1.5 text-small text-muted">
            Body: {formatBytes(request.bodySizeBytes)}. {signedWithWords(request.signedWith)}Secrets are masked here;
            the receiver got them whole.
          </p>
        </Part>
      )}
      {response !== null && (
        <Part title="Answer" aside={response.status}>
          <Answer answer={response} />
          {response.raw !== null && <RawAnswer attempt={attempt} raw={response.raw} />}
        </Part>
      )}
    </div>
  )
}

/** Which versions of the endpoint's secret signed; nothing where nobody did. */
function signedWithWords(versions: readonly number[] | undefined): string {
  if (versions === undefined) return 'Nobody signed it anew. '
  if (versions.length === 0) return 'Signed with the secret given for it. '
  return `Signed with ${versions.length === 1 ? 'version' : 'versions'} ${versions.join(' and ')} of the secret. `
}
