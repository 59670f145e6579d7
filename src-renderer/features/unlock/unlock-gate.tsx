import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useCaller } from '../../platform/api/caller.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { ChoosePassphrase } from './choose-passphrase.tsx'
import { EnterPassphrase } from './enter-passphrase.tsx'

const WORDS = {
  passphrase: {
    title: 'The vault is locked.',
    text: 'Events are captured; endpoints that need a secret hold what goes to them until the passphrase is entered.',
    action: 'Enter the passphrase…',
  },
  new_passphrase: {
    title: 'Secrets cannot be kept yet.',
    text: 'Nothing on this machine protects their key: choose a passphrase for it.',
    action: 'Choose a passphrase…',
  },
} as const

/** Asks for the passphrase of the vault as soon as the window is open, and says on every screen while it is missing. */
export function UnlockGate() {
  const { api } = useSession()
  const caller = useCaller()
  const mayAnswer = caller?.project === null && caller.scopes.includes('system:write')
  const key = useQuery({ ...api.vault.vault.status.queryOptions({ input: {} }), enabled: mayAnswer }).data?.key
  const [isPutOff, setPutOff] = useState(false)
  if (!mayAnswer || !key?.asks) return null
  const { title, text, action } = WORDS[key.asks]
  const putOff = (): void => setPutOff(true)
  return (
    <>
      <div
        role="region"
        aria-label="Passphrase of the vault"
        className="flex shrink-0 items-center gap-2.5 border-b border-line bg-held/9 px-3 py-1.5"
      >
        <KeyRound aria-hidden="true" size={14} className="shrink-0 text-held" />
        <span className="min-w-0 grow">
          <b className="font-semibold">{title}</b> {text}
        </span>
        <Button onClick={() => setPutOff(false)}>{action}</Button>
      </div>
      {!isPutOff && key.asks === 'passphrase' && <EnterPassphrase onClose={putOff} />}
      {!isPutOff && key.asks === 'new_passphrase' && (
        <ChoosePassphrase problem={key.keychainProblem} onClose={putOff} />
      )}
    </>
  )
}
