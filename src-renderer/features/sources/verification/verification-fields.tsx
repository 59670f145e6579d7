import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'
import { SelectField } from '../../../ui/controls/field.tsx'
import type { Draft } from '../draft.ts'
import { SourceSecretRows } from './source-secret-rows.tsx'
import { VerifyTokenField } from './verify-token-field.tsx'

/** Who sends here, how that is proven, and what happens to what comes twice. */
export function VerificationFields({
  draft,
  errorOf,
  onChange,
}: {
  draft: Draft
  errorOf: (field: string) => string | null
  onChange: (change: Partial<Draft>) => void
}) {
  const providers = useQuery(useApi().catalog.providers.list.queryOptions({ input: {} })).data?.items ?? []
  const sender = providers.find(({ id }) => id === draft.provider)
  return (
    <section aria-label="Verification" className="flex flex-col gap-3 rounded-md border border-line p-3">
      <SelectField
        label="Sender"
        value={draft.provider}
        error={errorOf('provider')}
        help={
          sender === undefined
            ? 'Choose who sends here to have signatures checked, event types named and repeats recognised.'
            : sender.signs
              ? undefined
              : `${sender.name} does not sign what it sends; types and repeats are recognised.`
        }
        onChange={(event) => onChange({ provider: event.target.value })}
      >
        <option value="">Anybody</option>
        {providers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {(sender?.signs === true || draft.secrets.length > 0) && (
        <SourceSecretRows
          secrets={draft.secrets}
          error={errorOf('secrets')}
          onChange={(secrets) => onChange({ secrets })}
        />
      )}
      {(sender?.asksForToken === true || draft.hasVerifyToken) && (
        <VerifyTokenField
          draft={draft.verifyToken}
          isStored={draft.hasVerifyToken}
          error={errorOf('verifyToken')}
          onChange={(change) => onChange({ verifyToken: { ...draft.verifyToken, ...change } })}
        />
      )}
      {sender !== undefined && (
        <SelectField
          label="Repeats of a message"
          value={draft.duplicates}
          error={errorOf('duplicates')}
          help={
            draft.duplicates === 'drop'
              ? 'A repeat is answered and only counted. What does not verify is never dropped.'
              : 'Each is an event of its own and delivered, marked as a repeat of the first.'
          }
          onChange={(event) => onChange({ duplicates: event.target.value === 'drop' ? 'drop' : 'keep' })}
        >
          <option value="keep">Keep, and mark them</option>
          <option value="drop">Answer, and drop them</option>
        </SelectField>
      )}
    </section>
  )
}
