import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { VaultView } from '#shared/contract/vault/vault.ts'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { RadioRow } from '../../../ui/controls/radio-row.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'
import { SkeletonRows } from '../../../ui/feedback/states.tsx'
import { showDone } from '../../../ui/feedback/notices.ts'
import {
  isUsable,
  type NewPassphrase,
  NO_PASSPHRASE,
  PassphraseFields,
} from '../../../ui/secrets/passphrase-fields.tsx'

type Key = VaultView['key']
type Keeper = Key['offers'][number]

const KEEPERS: Readonly<Record<Keeper, { label: string; help: string; now: string }>> = {
  keychain: {
    label: 'The keychain of this machine',
    help: 'Opens with your login. The relay and the command line cannot reach it while the desktop is not running.',
    now: 'The keychain of this machine keeps the key.',
  },
  passphrase: {
    label: 'A passphrase',
    help: 'Asked for at each start. Until it is entered, what needs a secret waits.',
    now: 'A passphrase keeps the key.',
  },
  key_file: {
    label: 'A key file',
    help: 'Readable by your user alone, and so by every program that you run. Works with the desktop and the relay.',
    now: 'The key lies in a file that your user alone can read. Nothing seals it.',
  },
}

/** Who keeps the master key, and giving it to another. */
export function KeepKey({ onClose }: { onClose: () => void }) {
  const { api } = useSession()
  const key = useQuery(api.vault.vault.status.queryOptions({ input: {} })).data?.key
  return (
    <Dialog title="Who keeps the key of the vault?" onClose={onClose}>
      {key === undefined ? <SkeletonRows rows={3} /> : <Keepers vaultKey={key} onClose={onClose} />}
    </Dialog>
  )
}

function nowWords({ keptBy }: Key): string {
  if (keptBy === null) return 'There is no key yet: it is made with the first secret.'
  return keptBy === 'environment'
    ? 'The key comes from HOOKLOOP_KEY, and stays where that is set.'
    : KEEPERS[keptBy].now
}

/** A file that has the key need not be given it; a passphrase may give way to another one. */
function othersOf({ keptBy, offers }: Key): readonly Keeper[] {
  return offers.filter((offer) => offer !== keptBy || offer === 'passphrase')
}

function Keepers({ vaultKey, onClose }: { vaultKey: Key; onClose: () => void }) {
  const { api, queries } = useSession()
  const [keeper, setKeeper] = useState<Keeper | null>(null)
  const [chosen, setChosen] = useState<NewPassphrase>(NO_PASSPHRASE)
  const keep = useMutation(
    api.vault.vault.keepKey.mutationOptions({
      onSuccess: async ({ key }) => {
        await queries.invalidateQueries({ queryKey: api.vault.key() })
        onClose()
        showDone(nowWords(key))
      },
    }),
  )
  const others = othersOf(vaultKey)
  const isReady = keeper !== null && (keeper !== 'passphrase' || isUsable(chosen))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (keeper === 'passphrase') keep.mutate({ by: keeper, passphrase: chosen.passphrase })
        else if (keeper !== null) keep.mutate({ by: keeper })
      }}
    >
      <DialogBody>
        <p className="text-muted">
          {nowWords(vaultKey)} {vaultKey.keychainProblem}
        </p>
        {others.length > 0 && (
          <fieldset className="flex flex-col gap-2.5">
            <legend className="sr-only">Keeper</legend>
            {others.map((offer) => (
              <RadioRow
                key={offer}
                name="keeper"
                label={offer === vaultKey.keptBy ? 'Another passphrase' : KEEPERS[offer].label}
                help={KEEPERS[offer].help}
                checked={keeper === offer}
                onChoose={() => setKeeper(offer)}
              />
            ))}
          </fieldset>
        )}
        {keeper === 'passphrase' && <PassphraseFields chosen={chosen} error={null} onChange={setChosen} />}
        {keep.error !== null && (
          <p role="alert" className="border-l-2 border-fail bg-fail/9 px-2.5 py-1.5">
            {refusalOf(keep.error).message} {refusalOf(keep.error).hint}
          </p>
        )}
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
        {others.length > 0 && (
          <Button type="submit" look="primary" disabled={!isReady || keep.isPending}>
            Give it the key
          </Button>
        )}
      </DialogActions>
    </form>
  )
}
