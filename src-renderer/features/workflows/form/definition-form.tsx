import { type ReactNode, useState } from 'react'
import { fieldErrors } from '../../../platform/api/refusal.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { JsonArea } from '../../../ui/editors/json-area.tsx'
import { readJson } from '../../../ui/payload/json-places.ts'
import { type Definition, draftOf, toDefinition, WORKFLOW_FIELDS, type WorkflowDraft } from './draft.ts'
import { WorkflowFields } from './workflow-fields.tsx'
import { PaneForm } from '../../../ui/layout/pane-form.tsx'

/** A definition as fields, or as the JSON that the API takes. */
export function DefinitionForm({
  initial,
  error,
  isBusy,
  isNew,
  before,
  action,
  onSubmit,
  onCancel,
}: {
  initial: WorkflowDraft
  error: unknown
  isBusy: boolean
  isNew: boolean
  /** What stands above the fields. */
  before?: ReactNode
  action: string
  onSubmit: (definition: Definition) => void
  onCancel: () => void
}) {
  const [draft, setDraft] = useState(initial)
  /** Null while the fields are shown. */
  const [json, setJson] = useState<string | null>(null)
  const read = json === null ? null : readJson(json)
  const definition = read === null ? toDefinition(draft) : 'value' in read ? (read.value as Definition) : null
  const { errorOf, general } = fieldErrors(error, WORKFLOW_FIELDS)
  const isChanged = isNew || json !== null || JSON.stringify(draft) !== JSON.stringify(initial)
  const reset = (): void => {
    setDraft(initial)
    setJson(null)
    onCancel()
  }
  const toggle = (): void => {
    if (json === null) setJson(JSON.stringify(definition, null, 2))
    else {
      setDraft(draftOrInitial(definition, initial))
      setJson(null)
    }
  }
  const said = json === null ? general : error === null ? null : (general ?? firstError(errorOf))
  return (
    <PaneForm
      isTabbed
      general={said}
      onSubmit={() => {
        if (definition !== null) onSubmit(definition)
      }}
      actions={
        isChanged && (
          <>
            <Button onClick={reset}>{isNew ? 'Cancel' : 'Discard changes'}</Button>
            <Button type="submit" look="primary" disabled={isBusy || definition === null}>
              {action}
            </Button>
          </>
        )
      }
    >
      {before}
      <Button className="self-end" disabled={definition === null} onClick={toggle}>
        {json === null ? 'Edit as JSON' : 'Edit as fields'}
      </Button>
      {json === null ? (
        <WorkflowFields
          draft={draft}
          errorOf={errorOf}
          onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
        />
      ) : (
        <JsonArea
          label="Definition"
          help="What PUT /api/v1/workflows/{name} takes."
          rows={24}
          value={json}
          problems={read !== null && !('value' in read) ? [read] : []}
          onChange={setJson}
        />
      )}
    </PaneForm>
  )
}

function firstError(errorOf: (field: string) => string | null): string | null {
  for (const field of WORKFLOW_FIELDS) {
    const said = errorOf(field)
    if (said !== null) return said
  }
  return null
}

/** JSON that leaves out what has a default, or is no definition at all, fills only what it says. */
function draftOrInitial(definition: Definition | null, initial: WorkflowDraft): WorkflowDraft {
  try {
    return definition === null ? initial : { ...initial, ...draftOf(definition) }
  } catch {
    return initial
  }
}
