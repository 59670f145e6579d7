import { type ReactNode, useState } from 'react'
import { Button } from '../../../ui/controls/button.tsx'
import { JsonArea } from '../../../ui/editors/json-area.tsx'
import { readJson } from '../../../ui/payload/json-places.ts'
import { type Definition, draftOf, fieldErrors, toDefinition, type WorkflowDraft } from './draft.ts'
import { WorkflowFields } from './workflow-fields.tsx'

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
  const { errorOf, general } = fieldErrors(error)
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
    <form
      className="flex min-h-0 grow flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        if (definition !== null) onSubmit(definition)
      }}
    >
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">
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
      </div>
      {(isChanged || said !== null) && (
        <footer className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-4 py-2.5">
          {said !== null && (
            <p role="alert" className="mr-auto text-fail">
              {said}
            </p>
          )}
          <Button onClick={reset}>{isNew ? 'Cancel' : 'Undo'}</Button>
          <Button type="submit" look="primary" disabled={isBusy || definition === null}>
            {action}
          </Button>
        </footer>
      )}
    </form>
  )
}

function firstError(errorOf: (field: string) => string | null): string | null {
  for (const field of ['name', 'targets', 'events', 'variables', 'options', 'schedule', 'gate']) {
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
