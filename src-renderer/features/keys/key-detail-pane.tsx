import { useState } from 'react'
import type { KeyView } from '#shared/contract/access/keys.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { fullTime } from '../../ui/format/time.ts'
import { Chip, DetailPane } from '../../ui/layout/detail-pane.tsx'
import { EditKey } from './form/edit-key.tsx'
import { keyLook } from './key-row.tsx'
import { RevokeKey } from './revoke-key.tsx'
import { RotateKey } from './rotate-key.tsx'
import { SCOPE_WORDS } from './scope-words.ts'

export function KeyDetailPane({ apiKey, onClose }: { apiKey: KeyView; onClose: () => void }) {
  const [open, setOpen] = useState<'rotate' | 'revoke' | null>(null)
  const { id, name, state } = apiKey
  const close = (): void => setOpen(null)
  return (
    <DetailPane
      title={name}
      id={id}
      onClose={onClose}
      actions={
        state !== 'revoked' && (
          <>
            <ActionButton action="key.rotate" onAct={() => setOpen('rotate')}>
              Rotate…
            </ActionButton>
            <ActionButton action="key.revoke" look="danger" onAct={() => setOpen('revoke')}>
              Revoke…
            </ActionButton>
          </>
        )
      }
      chips={<Facts apiKey={apiKey} />}
    >
      {state === 'revoked' ? <Gone apiKey={apiKey} /> : <EditKey key={formOf(apiKey)} apiKey={apiKey} />}
      {open === 'rotate' && <RotateKey apiKey={apiKey} onClose={close} />}
      {open === 'revoke' && <RevokeKey apiKey={apiKey} onClose={close} />}
    </DetailPane>
  )
}

/** Changes where the form must begin again. */
function formOf({ id, name, owner, scopes, expiresAt, quotaPerMinute }: KeyView): string {
  return JSON.stringify([id, name, owner, scopes, expiresAt, quotaPerMinute])
}

function Facts({ apiKey }: { apiKey: KeyView }) {
  const { prefix, project, expiresAt, previousUntil, createdAt, createdBy, lastUsedAt, lastUsedFrom } = apiKey
  return (
    <>
      <Chip>
        <StateMark look={keyLook(apiKey)} />
      </Chip>
      <Chip>
        <span className="mono">{prefix}…</span>
      </Chip>
      <Chip>{project === null ? 'all projects' : `project ${project}`}</Chip>
      <span>{expiresAt === null ? 'never ends' : `ends ${fullTime(expiresAt)}`}</span>
      {previousUntil !== null && (
        <Chip tone="border-held/50 text-held">text before counts until {fullTime(previousUntil)}</Chip>
      )}
      <span>
        made {fullTime(createdAt)} by {createdBy}
      </span>
      <span>
        {lastUsedAt === null ? 'never used' : `last used ${fullTime(lastUsedAt)}`}
        {lastUsedFrom !== null && ` from ${lastUsedFrom}`}
      </span>
    </>
  )
}

/** What a revoked key could do: there is nothing to change any more. */
function Gone({ apiKey: { revokedAt, owner, scopes } }: { apiKey: KeyView }) {
  return (
    <div className="flex flex-col gap-3 overflow-y-auto border-t border-line px-4 py-4">
      <p>
        Revoked {revokedAt !== null && fullTime(revokedAt)}. {owner} answered for it. It could:
      </p>
      <ul className="list-disc pl-5 text-muted">
        {scopes.map((scope) => (
          <li key={scope}>{SCOPE_WORDS[scope]}</li>
        ))}
      </ul>
    </div>
  )
}
