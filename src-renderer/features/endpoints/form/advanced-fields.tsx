import { useState } from 'react'
import type { LintWarning } from '#shared/model/lint-warning.ts'
import { SelectField, TextAreaField } from '../../../ui/controls/field.tsx'
import { Toggle } from '../../../ui/controls/toggle.tsx'
import { FieldWarnings } from '../warnings/field-warnings.tsx'
import { conditionProblem, EMPTY_DRAFT, type Draft } from './draft.ts'
import { SecretRows } from './secret-rows.tsx'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
const FIELDS = ['condition', 'transformation', 'secrets', 'method', 'tls']

interface AdvancedProps {
  draft: Draft
  errorOf: (field: string) => string | null
  /** Of the receiver's certificate. */
  warnings: readonly LintWarning[]
  onChange: (change: Partial<Draft>) => void
}

/** What most endpoints do without; shown where something of it is set or refused. */
export function AdvancedFields(props: AdvancedProps) {
  const { draft, errorOf } = props
  const [isOpen, setOpen] = useState(() => isSet(draft))
  const isRefused = FIELDS.some((field) => errorOf(field) !== null)
  return (
    <details
      open={isOpen || isRefused}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="border-t border-line pt-3"
    >
      <summary className="text-small font-medium">Advanced</summary>
      <div className="mt-3 flex flex-col gap-4">
        <Payload {...props} />
        <Sending {...props} />
      </div>
    </details>
  )
}

function Payload({ draft, errorOf, onChange }: AdvancedProps) {
  return (
    <>
      <TextAreaField
        label="Condition"
        placeholder={'{"body.total": {"$gte": 100}}'}
        help="Which events of these types come here, as JSON over body, headers, query, path, method, type and source."
        value={draft.condition}
        error={conditionProblem(draft.condition) ?? errorOf('condition')}
        onChange={(event) => onChange({ condition: event.target.value })}
      />
      <TextAreaField
        label="Transformation"
        placeholder={'{"text": "Order " & body.id & " is paid"}'}
        help="A JSONata expression that yields the body to send."
        value={draft.transformation}
        error={errorOf('transformation')}
        onChange={(event) => onChange({ transformation: event.target.value })}
      />
      <SecretRows secrets={draft.secrets} error={errorOf('secrets')} onChange={(secrets) => onChange({ secrets })} />
    </>
  )
}

function Sending({ draft, errorOf, warnings, onChange }: AdvancedProps) {
  return (
    <>
      <SelectField
        label="Method"
        value={draft.method}
        error={errorOf('method')}
        onChange={(event) => onChange({ method: event.target.value })}
      >
        <option value="">The event’s own</option>
        {METHODS.map((method) => (
          <option key={method}>{method}</option>
        ))}
      </SelectField>
      <Toggle
        label="Test mode"
        help="Builds, signs and logs every attempt, and sends none to the URL."
        checked={draft.testMode}
        onChange={(testMode) => onChange({ testMode })}
      />
      <TextAreaField
        label="Trusted authorities"
        placeholder="-----BEGIN CERTIFICATE-----"
        help="Certificates in PEM form that may vouch for the receiver, beside the usual ones."
        value={draft.authorities}
        error={errorOf('tls')}
        onChange={(event) => onChange({ authorities: event.target.value })}
      />
      <Toggle
        label="Trust any certificate"
        help="For a receiver of your own with a self-signed one. Anyone in between can read and change what is sent."
        checked={draft.trustAnyCertificate}
        onChange={(trustAnyCertificate) => onChange({ trustAnyCertificate })}
      />
      <FieldWarnings of="certificates" warnings={warnings} />
    </>
  )
}

function isSet(draft: Draft): boolean {
  const { condition, transformation, secrets, method, testMode, trustAnyCertificate, authorities } = draft
  const given = { condition, transformation, method, testMode, trustAnyCertificate, authorities }
  return (
    secrets.length > 0 || Object.entries(given).some(([field, value]) => value !== EMPTY_DRAFT[field as keyof Draft])
  )
}
