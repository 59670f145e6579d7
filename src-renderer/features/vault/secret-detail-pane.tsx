import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { SecretView } from '#shared/contract/vault/secrets.ts'
import { useSession } from '../../platform/api/session.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { Button } from '../../ui/controls/button.tsx'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { fullTime, relativeTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'
import { Chip, DetailPane } from '../../ui/layout/detail-pane.tsx'
import { RemoveSecret } from './dialogs/remove-secret.tsx'
import { RevealSecret } from './dialogs/reveal-secret.tsx'
import { RotateNamed } from './dialogs/rotate-named.tsx'
import { OwnerField } from './owner-field.tsx'
import { RevealLog } from './reveal-log.tsx'
import { ageWords, nameOf, overlapUntil, secretLook } from './secret-words.ts'
import { VersionTable } from './version-table.tsx'

export function SecretDetailPane({ secret, onClose }: { secret: SecretView; onClose: () => void }) {
  const [dialog, setDialog] = useState<'rotate' | 'remove' | null>(null)
  const [revealing, setRevealing] = useState<SecretView['versions'][number] | null>(null)
  const isOfEndpoint = secret.place.kind === 'endpoint'
  return (
    <DetailPane
      title={nameOf(secret)}
      id={secret.id}
      onClose={onClose}
      actions={
        isOfEndpoint && (
          <>
            <ActionButton action="secret.rotate" onAct={() => setDialog('rotate')}>
              {secret.isLocked ? 'Enter again…' : 'Rotate…'}
            </ActionButton>
            {secret.role === 'named' && (
              <ActionButton action="secret.remove" look="danger" onAct={() => setDialog('remove')}>
                Remove…
              </ActionButton>
            )}
          </>
        )
      }
      chips={<Facts secret={secret} />}
    >
      <div className="flex min-h-0 grow flex-col gap-5 overflow-y-auto px-4 pt-2 pb-6">
        <Use secret={secret} />
        {isOfEndpoint && <OwnerField key={secret.owner} secret={secret} />}
        <VersionTable secret={secret} onReveal={isOfEndpoint ? setRevealing : null} />
        {isOfEndpoint && <RevealLog secret={secret} />}
      </div>
      {dialog === 'rotate' && <RotateNamed secret={secret} onClose={() => setDialog(null)} />}
      {dialog === 'remove' && <RemoveSecret secret={secret} onClose={() => setDialog(null)} onRemoved={onClose} />}
      {revealing !== null && <RevealSecret secret={secret} version={revealing} onClose={() => setRevealing(null)} />}
    </DetailPane>
  )
}

function Facts({ secret }: { secret: SecretView }) {
  const nowAt = useNow()
  const { place, ageDays, isOld, lastUsedAt } = secret
  const until = overlapUntil(secret, nowAt)
  return (
    <>
      <Chip>
        <StateMark look={secretLook(secret)} />
      </Chip>
      <span>{ageDays === 0 ? 'from today' : `${ageWords(ageDays)} old`}</span>
      {isOld && <Chip tone="border-retry/50 text-retry">rotate it: it is older than this project wants</Chip>}
      <span title={lastUsedAt === null ? undefined : fullTime(lastUsedAt)}>
        {lastUsedAt === null ? 'never used' : `last used ${relativeTime(lastUsedAt, nowAt)}`}
      </span>
      {until !== null && <Overlap secret={secret} until={until} />}
      {place.kind === 'endpoint' ? (
        <Link to="/endpoints/$endpointId" params={{ endpointId: place.id }} className={LINK}>
          {place.name}
        </Link>
      ) : (
        <Link to="/sources/$sourceId" params={{ sourceId: place.id }} className={LINK}>
          {place.name}
        </Link>
      )}
    </>
  )
}

const LINK = 'text-accent underline underline-offset-2'

function Overlap({ secret, until }: { secret: SecretView; until: string }) {
  const { api, queries } = useSession()
  const nowAt = useNow()
  const end = useMutation(
    api.vault.secrets.endOverlap.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.vault.key() })
        showDone('Only the newest version counts from now on.')
      },
      onError: showError,
    }),
  )
  return (
    <>
      <Chip tone="border-accent/50">overlap ends {relativeTime(until, nowAt)}</Chip>
      <Button disabled={end.isPending} onClick={() => end.mutate({ id: secret.id })}>
        End overlap
      </Button>
    </>
  )
}

function Use({ secret: { role, place, usedIn, name } }: { secret: SecretView }) {
  if (place.kind === 'source') {
    return <p className="text-muted">Signatures of what comes in are checked with it. It is changed with its source.</p>
  }
  if (role === 'signing') return <p className="text-muted">What goes to this endpoint is signed with it.</p>
  if (usedIn.length === 0) {
    return (
      <p className="text-muted">
        Nothing uses it yet: write <span className="mono text-text">{`{secret.${name}}`}</span> into the endpoint’s URL
        or headers.
      </p>
    )
  }
  return (
    <p className="text-muted">
      Stands in {usedIn.map((field) => field.replace('headers.', 'the header ').replace('url', 'the URL')).join(', ')}.
    </p>
  )
}
