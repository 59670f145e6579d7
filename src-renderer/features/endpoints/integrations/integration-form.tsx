import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { IntegrationView } from '#shared/contract/operations/integrations.ts'
import { fieldErrors, type FieldErrors } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextAreaField, TextField } from '../../../ui/controls/field.tsx'
import { Toggle } from '../../../ui/controls/toggle.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { CareFields } from '../form/care-fields.tsx'
import { DropDialog, wouldDrop } from '../form/drop-dialog.tsx'
import { TypesField } from '../form/types-field.tsx'
import { changesOf, draftOf, type IntegrationDraft } from './integration-draft.ts'

const INTEGRATION_FIELDS = [
  'settings',
  'secrets',
  'eventTypes',
  'mapping',
  'baseUrl',
  'url',
  'owner',
  'escalation',
  'watchHours',
]

/** The configuration of an integration; saving it the first time makes its endpoint. */
export function IntegrationForm({ integration }: { integration: IntegrationView }) {
  const { api, queries } = useSession()
  const [draft, setDraft] = useState(() => draftOf(integration))
  const changes = changesOf(integration, draft)
  const isChanged = Object.keys(changes).length > 0
  const put = useMutation(
    api.integrations.put.mutationOptions({
      onSuccess: async (saved) => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.integrations.key() }),
          queries.invalidateQueries({ queryKey: api.endpoints.key() }),
          queries.invalidateQueries({ queryKey: api.operations.key() }),
        ])
        // What was typed as a credential leaves the page.
        setDraft(draftOf(saved))
        showDone(`Saved as version ${saved.version}.`)
      },
    }),
  )
  const { siteId, provider } = integration
  const isAsked = wouldDrop(put.error)
  const errors = fieldErrors(isAsked ? null : put.error, INTEGRATION_FIELDS)
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        put.mutate({ siteId, provider, ...changes })
      }}
    >
      <Fields
        integration={integration}
        draft={draft}
        errors={errors}
        onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
      />
      {errors.general !== null && (
        <p role="alert" className="text-fail">
          {errors.general}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={put.isPending || !isChanged}>
          {integration.configured ? 'Save' : 'Set it up'}
        </Button>
        {isChanged && integration.configured && (
          <Button onClick={() => setDraft(draftOf(integration))}>Discard changes</Button>
        )}
      </div>
      {isAsked && (
        <DropDialog
          error={put.error}
          isBusy={put.isPending}
          onConfirm={() => put.mutate({ siteId, provider, ...changes, confirm: true })}
          onClose={put.reset}
        />
      )}
    </form>
  )
}

interface FieldsProps {
  integration: IntegrationView
  draft: IntegrationDraft
  errors: FieldErrors
  onChange: (change: Partial<IntegrationDraft>) => void
}

function Fields(props: FieldsProps) {
  const { integration, draft, errors, onChange } = props
  return (
    <>
      <Identity {...props} />
      <TypesField
        types={draft.eventTypes}
        known={integration.suggestedEventTypes}
        error={errors.errorOf('eventTypes')}
        onChange={(eventTypes) => onChange({ eventTypes })}
      />
      <Toggle
        label="Enabled"
        help="Off holds everything, also what is scheduled, until it is switched on again."
        checked={draft.enabled}
        onChange={(enabled) => onChange({ enabled })}
      />
      <Toggle
        label="Test mode"
        help="Builds, checks and logs every attempt, and sends none to the URL."
        checked={draft.testMode}
        onChange={(testMode) => onChange({ testMode })}
      />
      <Mapping {...props} />
      <details className="border-t border-line pt-3">
        <summary className="text-small font-medium">Owner and watch period</summary>
        <div className="mt-3 flex flex-col gap-4">
          <CareFields care={draft} errorOf={errors.errorOf} onChange={onChange} />
        </div>
      </details>
    </>
  )
}

/** Whose account it is: identifiers and credentials. */
function Identity({ integration, draft, errors, onChange }: FieldsProps) {
  return (
    <>
      {integration.fields.map(({ name, label, example, isRequired, preset }) => (
        <TextField
          key={name}
          label={isRequired ? label : `${label} (optional)`}
          mono
          placeholder={preset ?? example}
          value={draft.settings[name] ?? ''}
          error={errors.errorOf(`settings.${name}`)}
          onChange={(event) => onChange({ settings: { ...draft.settings, [name]: event.target.value } })}
        />
      ))}
      {integration.credentials.map(({ name, label, isSet }) => (
        <TextField
          key={name}
          label={label}
          mono
          type="password"
          placeholder={isSet ? '•••••••• (type to replace)' : 'not set'}
          value={draft.credentials[name] ?? ''}
          error={errors.errorOf(`secrets.${name}`)}
          onChange={(event) => onChange({ credentials: { ...draft.credentials, [name]: event.target.value } })}
        />
      ))}
    </>
  )
}

function Mapping({ integration, draft, errors, onChange }: FieldsProps) {
  const { facts } = integration
  return (
    <details className="border-t border-line pt-3" open={draft.mapping !== '' || errors.errorOf('mapping') !== null}>
      <summary className="text-small font-medium">Mapping and address</summary>
      <div className="mt-3 flex flex-col gap-4">
        <TextAreaField
          label="Mapping"
          rows={8}
          placeholder={integration.mapping}
          help={
            <>
              A JSONata expression that yields the body, which is checked before it is sent. Empty uses the one that
              comes with it, made from <code className="break-all">{facts.source}</code> on {facts.checkedOn}.
              {facts.unconfirmed !== null && ` Not confirmed: ${facts.unconfirmed}`}
            </>
          }
          value={draft.mapping}
          error={errors.errorOf('mapping')}
          onChange={(event) => onChange({ mapping: event.target.value })}
        />
        {draft.mapping === '' && (
          <Button className="self-start" onClick={() => onChange({ mapping: integration.mapping })}>
            Edit the mapping that comes with it
          </Button>
        )}
        <TextField
          label="Base URL"
          mono
          help="What its own path follows: another one for a proxy or a test."
          value={draft.baseUrl}
          error={errors.errorOf('baseUrl') ?? errors.errorOf('url')}
          onChange={(event) => onChange({ baseUrl: event.target.value })}
        />
      </div>
    </details>
  )
}
