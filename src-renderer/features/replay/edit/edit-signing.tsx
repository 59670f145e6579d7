import { Toggle } from '../../../ui/controls/toggle.tsx'
import { ReplaySigning } from '../parts/replay-signing.tsx'
import type { Signing } from '../parts/signing.ts'

interface EditSigning extends Signing {
  freshIds: boolean
}

/** How an edited message is signed, and what that means for whoever verifies it. */
export function EditSigning({
  signing,
  isBodyEdited,
  isToAddress,
  sourceWords,
  onChange,
}: {
  signing: EditSigning
  isBodyEdited: boolean
  isToAddress: boolean
  sourceWords: string
  onChange: (signing: EditSigning) => void
}) {
  const { resign, freshIds } = signing
  return (
    <>
      <ReplaySigning
        {...{ signing, isToAddress, sourceWords }}
        onChange={(next) => onChange({ ...signing, ...next })}
      />
      {resign ? (
        <Toggle
          label="A fresh message id"
          help="In headers and body, wherever its sender puts one, so that no receiver takes it for the message it had. An id that you edited stays."
          checked={freshIds}
          onChange={(next) => onChange({ ...signing, freshIds: next })}
        />
      ) : (
        isBodyEdited && (
          <p role="status" className="border-l-2 border-retry bg-retry/9 px-2.5 py-1.5">
            The body is edited, so the original signature does not fit it any more: a receiver that verifies will refuse
            it. Sign anew, unless that is what you want to see.
          </p>
        )
      )}
    </>
  )
}
