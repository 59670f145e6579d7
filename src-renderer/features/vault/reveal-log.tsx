import { useQuery } from '@tanstack/react-query'
import type { RevealTryView, SecretView } from '#shared/contract/vault/secrets.ts'
import { useApi } from '../../platform/api/session.ts'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { describeError } from '../../platform/api/refusal.ts'
import { fullTime, listTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'
import { outcomeLook } from './secret-words.ts'

/** Who tried to see the secrets of this endpoint, and what came of it. */
export function RevealLog({ secret }: { secret: SecretView }) {
  const nowAt = useNow()
  const log = useQuery(useApi().vault.secrets.reveals.queryOptions({ input: { endpointId: secret.place.id } }))
  // An answer may hold any secret of its endpoint.
  const items = (log.data?.items ?? []).filter((tried) => isOfAnswer(tried) || tried.name === secret.name)
  return (
    <section aria-label="Who looked" className="flex flex-col gap-1.5">
      <h2 className="text-small font-medium">Who looked</h2>
      {log.isError ? (
        <p role="alert" className="text-small text-fail">
          {describeError(log.error)}
        </p>
      ) : items.length === 0 ? (
        <p className="text-small text-muted">{log.isPending ? 'Reading…' : 'Nobody asked to see it.'}</p>
      ) : (
        <ul className="flex flex-col">
          {items.map((tried) => (
            <li
              key={`${tried.at} ${tried.outcome} ${tried.secretId}`}
              className="flex flex-wrap items-center gap-x-3 border-t border-line/55 py-1.5 text-small"
            >
              <span className="w-16 shrink-0 text-muted" title={fullTime(tried.at)}>
                {listTime(tried.at, nowAt)}
              </span>
              <StateMark look={outcomeLook(tried.outcome)} />
              <span>{isOfAnswer(tried) ? `answer to attempt ${tried.version}` : `version ${tried.version}`}</span>
              <span className="text-muted">
                {tried.by.name}
                {tried.by.address === null ? ', at this machine' : ` from ${tried.by.address}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Of an answer that came with secrets in it, not of a secret. */
function isOfAnswer({ secretId }: Pick<RevealTryView, 'secretId'>): boolean {
  return secretId.startsWith('att_')
}
