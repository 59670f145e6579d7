import { Plus, Undo2, X } from 'lucide-react'
import { Button, IconButton } from '../../../ui/controls/button.tsx'
import type { SecretDraft } from './draft.ts'

const CELL =
  'mono h-7 min-w-0 rounded border border-line bg-bg px-2 hover:border-faint disabled:line-through disabled:opacity-60'
const BLANK: SecretDraft = { name: '', value: '', isStored: false, isRemoved: false }

/** The secrets that URL and headers use as `{secret.name}`: values go in and never come back. */
export function SecretRows({
  secrets,
  error,
  onChange,
}: {
  secrets: readonly SecretDraft[]
  error: string | null
  onChange: (secrets: readonly SecretDraft[]) => void
}) {
  const replace = (at: number, change: Partial<SecretDraft>): void =>
    onChange(secrets.map((secret, index) => (index === at ? { ...secret, ...change } : secret)))
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-small font-medium">Secrets</legend>
      {secrets.map((secret, index) => (
        <div key={index} className="grid grid-cols-[2fr_3fr_24px] items-center gap-1.5">
          <input
            aria-label={`Name of secret ${index + 1}`}
            placeholder="name"
            spellCheck={false}
            readOnly={secret.isStored}
            disabled={secret.isRemoved}
            className={CELL}
            value={secret.name}
            onChange={(event) => replace(index, { name: event.target.value })}
          />
          <input
            aria-label={`Value of secret ${index + 1}`}
            type="password"
            autoComplete="off"
            placeholder={secret.isStored ? '•••••••• (type to replace)' : 'value'}
            disabled={secret.isRemoved}
            className={CELL}
            value={secret.value}
            onChange={(event) => replace(index, { value: event.target.value })}
          />
          <RemoveButton
            secret={secret}
            onRemove={() =>
              secret.isStored
                ? replace(index, { isRemoved: true, value: '' })
                : onChange(secrets.filter((_, at) => at !== index))
            }
            onKeep={() => replace(index, { isRemoved: false })}
          />
        </div>
      ))}
      {error !== null && (
        <p role="alert" className="text-small text-fail">
          {error}
        </p>
      )}
      <p className="text-small text-muted">
        Written as <code>{'{secret.name}'}</code> in the URL’s path and query and in header values.
      </p>
      <Button look="ghost" className="self-start" onClick={() => onChange([...secrets, BLANK])}>
        <Plus size={13} /> Add a secret
      </Button>
    </fieldset>
  )
}

function RemoveButton({
  secret: { name, isRemoved },
  onRemove,
  onKeep,
}: {
  secret: SecretDraft
  onRemove: () => void
  onKeep: () => void
}) {
  const shown = name === '' ? 'this secret' : name
  return isRemoved ? (
    <IconButton label={`Keep ${shown}`} onClick={onKeep}>
      <Undo2 size={13} />
    </IconButton>
  ) : (
    <IconButton label={`Remove ${shown}`} onClick={onRemove}>
      <X size={13} />
    </IconButton>
  )
}
