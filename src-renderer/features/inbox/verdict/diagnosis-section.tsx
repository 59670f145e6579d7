import { useQuery } from '@tanstack/react-query'
import type { Diagnosis } from '#shared/model/diagnosis.ts'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { useApi } from '../../../platform/api/session.ts'
import { FindingView } from './finding-view.tsx'

/** What explains that a request does not verify, looked for when it is opened. */
export function DiagnosisSection({ eventId }: { eventId: string }) {
  const { data, error } = useQuery(useApi().events.diagnose.queryOptions({ input: { id: eventId }, retry: false }))
  return (
    <section aria-label="Diagnosis" className="flex flex-col gap-2">
      <h2 className="text-small font-medium">Diagnosis</h2>
      {error !== null ? (
        <p className="text-muted">{refusalOf(error).message}</p>
      ) : data === undefined ? (
        <p role="status" className="animate-appear text-muted">
          Looking for the change that explains it…
        </p>
      ) : (
        <Answer diagnosis={data} />
      )}
    </section>
  )
}

function Answer({ diagnosis: { verdict, reason, findings, complete } }: { diagnosis: Diagnosis }) {
  if (findings.length > 0) {
    return (
      <ol className="flex flex-col gap-3">
        {findings.map((finding) => (
          <FindingView key={finding.code + finding.title} finding={finding} />
        ))}
      </ol>
    )
  }
  if (verdict === 'valid') return <p>Judged by the source as it is now, this request verifies.</p>
  if (reason === 'no_secret') return <p>The source has no secret now, and no other secret of the project signed it.</p>
  return (
    <p>
      {complete
        ? 'No known change makes the signature right: neither another encoding, secret, hash, URL nor sender, nor what usually happens to bodies on their way.'
        : 'No change that was tried makes the signature right. The body is too large to try them all.'}{' '}
      <span className="text-muted">
        Most often the secret is another one: enter the one that the sender shows for this very address.
      </span>
    </p>
  )
}
