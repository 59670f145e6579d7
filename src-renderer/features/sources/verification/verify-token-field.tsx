import { Undo2, X } from 'lucide-react'
import { IconButton } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import type { VerifyTokenDraft } from './secret-draft.ts'

/** The token that a sender shows when it asks for the address: it goes in and never comes back. */
export function VerifyTokenField({
  draft: { value, isRemoved },
  isStored,
  error,
  onChange,
}: {
  draft: VerifyTokenDraft
  isStored: boolean
  error: string | null
  onChange: (change: Partial<VerifyTokenDraft>) => void
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_24px] items-start gap-1.5">
      <TextField
        label="Verify token"
        type="password"
        mono
        placeholder={isStored ? '•••••••• (type to replace)' : 'value'}
        disabled={isRemoved}
        value={value}
        error={error}
        help="The one that you type at the sender too: it shows it when it asks for this address."
        onChange={(event) => onChange({ value: event.target.value })}
      />
      {isStored && (
        <IconButton
          className="mt-[22px]"
          label={isRemoved ? 'Keep the verify token' : 'Remove the verify token'}
          onClick={() => onChange({ value: '', isRemoved: !isRemoved })}
        >
          {isRemoved ? <Undo2 size={13} /> : <X size={13} />}
        </IconButton>
      )}
    </div>
  )
}
