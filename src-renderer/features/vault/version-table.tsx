import type { SecretView } from '#shared/contract/vault/secrets.ts'
import { Button } from '../../ui/controls/button.tsx'
import { fullTime, listTime, relativeTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'

type Version = SecretView['versions'][number]

/** Each version with what became of it; `onReveal` null where none is shown here. */
export function VersionTable({
  secret,
  onReveal,
}: {
  secret: SecretView
  onReveal: ((version: Version) => void) | null
}) {
  return (
    <section aria-label="Versions" className="flex flex-col gap-1.5">
      <h2 className="text-small font-medium">Versions</h2>
      <table className="w-full border-collapse text-small">
        <thead className="text-left text-mini text-faint">
          <tr>
            <th className="py-1 font-normal">version</th>
            <th className="font-normal">value</th>
            <th className="font-normal">from</th>
            <th className="font-normal">counts</th>
            <th className="font-normal">revealed</th>
          </tr>
        </thead>
        <tbody>
          {secret.versions.map((version, place) => (
            <Row key={version.id} version={version} isNewest={place === 0} onReveal={onReveal} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({
  version,
  isNewest,
  onReveal,
}: {
  version: Version
  isNewest: boolean
  onReveal: ((version: Version) => void) | null
}) {
  const nowAt = useNow()
  const { createdAt, expiresAt, isLocked, revealed } = version
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= nowAt
  return (
    <tr className="border-t border-line/55">
      <td className="py-1.5">{version.version}</td>
      <td className="text-faint">{isLocked ? <span className="text-fail">locked</span> : '••••••••'}</td>
      <td title={fullTime(createdAt)}>{listTime(createdAt, nowAt)}</td>
      <td className={isOver ? 'text-faint' : ''} title={expiresAt === null ? undefined : fullTime(expiresAt)}>
        {expiresAt === null
          ? isNewest
            ? 'yes'
            : 'no more'
          : isOver
            ? 'no more'
            : `ends ${relativeTime(expiresAt, nowAt)}`}
      </td>
      <td>
        {revealed !== null ? (
          <span title={fullTime(revealed.at)}>
            by {revealed.by.name}, {listTime(revealed.at, nowAt)}
          </span>
        ) : onReveal === null || isLocked ? (
          <span className="text-faint">—</span>
        ) : (
          <Button aria-label={`Reveal once… version ${version.version}`} onClick={() => onReveal(version)}>
            Reveal once…
          </Button>
        )}
      </td>
    </tr>
  )
}
