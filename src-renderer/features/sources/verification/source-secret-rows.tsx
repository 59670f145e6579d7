import { Plus, Undo2, X } from 'lucide-react'
import { Button, IconButton } from '../../../ui/controls/button.tsx'
import { fullTime } from '../../../ui/format/time.ts'
import { NEW_SECRET, pastedSecret, type SourceSecretDraft } from './secret-draft.ts'

/** What signatures are checked with: values go in and never come back. */
export function SourceSecretRows({
  secrets,
  error,
  onChange,
}: {
  secrets: readonly SourceSecretDraft[]
  error: string | null
  onChange: (secrets: readonly SourceSecretDraft[]) => void
}) {
  const replace = (at: number, change: Partial<SourceSecretDraft>): void =>
    onChange(secrets.map((secret, index) => (index === at ? { ...secret, ...change } : secret)))
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-small font-medium">Secrets</legend>
      {secrets.length > 0 && (
        <Button look="ghost" className="self-start" onClick={() => onChange([NEW_SECRET, ...secrets])}>
          <Plus size={13} /> Add a newer secret
        </Button>
      )}
      {secrets.map((secret, index) => (
        <SecretRow
          key={secret.id ?? `new ${secrets.length - index}`}
          secret={secret}
          name={index === 0 ? 'Newest secret' : `Older secret ${index}`}
          onChange={(change) => replace(index, change)}
          onDiscard={() => onChange(secrets.filter((_, at) => at !== index))}
        />
      ))}
      {error !== null && (
        <p role="alert" className="text-small text-fail">
          {error}
        </p>
      )}
      {secrets.length === 0 ? (
        <>
          <p className="text-small text-muted">Without one, nothing is verified.</p>
          <Button look="ghost" className="self-start" onClick={() => onChange([NEW_SECRET])}>
            <Plus size={13} /> Add the secret
          </Button>
        </>
      ) : (
        <p className="text-small text-muted">
          As the sender shows it; of a sender with a key pair, its public key. The newest stands on top; older ones
          still count. They are kept sealed and never shown again.
        </p>
      )}
    </fieldset>
  )
}

function SecretRow({
  secret: { id, createdAt, value, isRemoved },
  name,
  onChange,
  onDiscard,
}: {
  secret: SourceSecretDraft
  name: string
  onChange: (change: Partial<SourceSecretDraft>) => void
  onDiscard: () => void
}) {
  return (
    <div className="grid grid-cols-[110px_minmax(0,1fr)_24px] items-center gap-1.5">
      <span className="truncate text-small text-muted" title={createdAt === null ? undefined : fullTime(createdAt)}>
        {name}
      </span>
      <input
        aria-label={name}
        type="password"
        autoComplete="off"
        placeholder={id === null ? 'value' : '•••••••• (type to replace)'}
        disabled={isRemoved}
        className="mono h-7 min-w-0 rounded border border-line bg-bg px-2 hover:border-faint disabled:line-through disabled:opacity-60"
        value={value}
        onPaste={(event) => {
          const text = event.clipboardData.getData('text')
          if (pastedSecret(text) === text) return
          event.preventDefault()
          onChange({ value: pastedSecret(text) })
        }}
        onChange={(event) => onChange({ value: event.target.value })}
      />
      {isRemoved ? (
        <IconButton label={`Keep the ${name.toLowerCase()}`} onClick={() => onChange({ isRemoved: false })}>
          <Undo2 size={13} />
        </IconButton>
      ) : (
        <IconButton
          label={`Remove the ${name.toLowerCase()}`}
          onClick={() => (id === null ? onDiscard() : onChange({ isRemoved: true, value: '' }))}
        >
          <X size={13} />
        </IconButton>
      )}
    </div>
  )
}
