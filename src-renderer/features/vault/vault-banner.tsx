import { useMutation, useQuery } from '@tanstack/react-query'
import { Lock, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Confirm } from '../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'

/** A change of keys is short: its progress is asked for while it lasts. */
const PROGRESS_EVERY_MS = 400

/** What is the matter with the vault as a whole; nothing where all is well. */
export function VaultBanner() {
  const { api } = useSession()
  const { data } = useQuery({
    ...api.vault.vault.status.queryOptions({ input: {} }),
    refetchInterval: ({ state }) => (state.data?.rotation ? PROGRESS_EVERY_MS : false),
  })
  if (data === undefined) return null
  if (data.rotation !== null) {
    const { done, total } = data.rotation
    return (
      <p role="status" className="flex items-center gap-2 border-b border-line bg-raise px-3 py-2">
        <RefreshCw aria-hidden="true" size={13} className="text-accent" />
        Changing the keys: {done} of {plural(total, 'secret')} sealed anew. Everything goes on meanwhile.
      </p>
    )
  }
  return data.locked > 0 || data.state === 'locked' ? <Locked locked={data.locked} reason={data.reason} /> : null
}

function Locked({ locked, reason }: { locked: number; reason: string | null }) {
  const { api, queries } = useSession()
  const [isStartingOver, setStartingOver] = useState(false)
  const refresh = () =>
    Promise.all([api.vault.key(), api.endpoints.key()].map((queryKey) => queries.invalidateQueries({ queryKey })))
  const recheck = useMutation(
    api.vault.vault.recheck.mutationOptions({
      onSuccess: async ({ state, locked: left, resumed }) => {
        await refresh()
        if (state === 'locked') showError('The key is not back yet.')
        else
          showDone(
            left > 0 ? `${plural(left, 'secret')} still locked.` : `Open. ${plural(resumed, 'endpoint')} resumed.`,
          )
      },
      onError: showError,
    }),
  )
  const startOver = useMutation(
    api.vault.vault.startOver.mutationOptions({
      onSuccess: async () => {
        await refresh()
        setStartingOver(false)
        showDone('A new key seals from now on. Rotate each locked secret to enter it again.')
      },
      onError: (error) => {
        setStartingOver(false)
        showError(error)
      },
    }),
  )
  return (
    <div role="alert" className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line bg-fail/9 px-3 py-2.5">
      <Lock aria-hidden="true" size={14} className="mt-0.5 shrink-0 text-fail" />
      <div className="min-w-0 grow basis-100">
        <p className="font-semibold">{plural(locked, 'secret needs', 'secrets need')} to be entered again</p>
        <p className="mt-0.5 [overflow-wrap:anywhere] text-muted">
          {reason ?? 'They were sealed with a key that is gone: rotate each of them to enter a new value.'} Events,
          endpoints and logs are not touched. Endpoints that need a locked secret are paused and hold what goes to them.
        </p>
      </div>
      <div className="flex gap-1.5">
        <Button disabled={recheck.isPending} onClick={() => recheck.mutate({})}>
          Check again
        </Button>
        {reason !== null && (
          <Button look="danger" onClick={() => setStartingOver(true)}>
            Start over with a new key…
          </Button>
        )}
      </div>
      {isStartingOver && (
        <Confirm
          title="Start over with a new key?"
          action="Use a new key"
          isBusy={startOver.isPending}
          onConfirm={() => startOver.mutate({ confirm: true })}
          onClose={() => setStartingOver(false)}
        >
          <p>
            Only if the old key is lost for good. {plural(locked, 'secret')} must be entered again, one by one; until
            then the endpoints that need them stay paused.
          </p>
          <p className="text-muted">Should the old key turn up, put it back first: then nothing needs to be entered.</p>
        </Confirm>
      )}
    </div>
  )
}
