import { useQuery } from '@tanstack/react-query'
import type { SecretView } from '#shared/contract/vault/secrets.ts'
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
  const items = (log.data?.items ?? []).filter(({ name }) => name === secret.name)
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
          {items.map(({ at, by, outcome, version }) => (
            <li
              key={`${at} ${outcome} ${version}`}
              className="flex flex-wrap items-center gap-x-3 border-t border-line/55 py-1.5 text-small"
            >
              <span className="w-16 shrink-0 text-muted" title={fullTime(at)}>
                {listTime(at, nowAt)}
              </span>
              <StateMark look={outcomeLook(outcome)} />
              <span>version {version}</span>
              <span className="text-muted">
                {by.name}
                {by.address === null ? ', at this machine' : ` from ${by.address}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
