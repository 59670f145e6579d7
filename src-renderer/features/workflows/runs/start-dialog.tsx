import { useState } from 'react'
import type { WorkflowView } from '#shared/contract/workflows/workflows.ts'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'
import { plural } from '../../../ui/format/size.ts'
import { useStartRun } from './use-start-run.ts'

/** Asks for what a run may choose: tags and variables. */
export function StartDialog({
  workflow: { name, targets, variables },
  onStarted,
  onClose,
}: {
  workflow: WorkflowView
  onStarted: (runId: string) => void
  onClose: () => void
}) {
  const known = [...new Set(targets.flatMap(({ tags }) => tags))]
  const [tags, setTags] = useState(new Set<string>())
  const [values, setValues] = useState(variables)
  const started = (id: string): void => {
    onClose()
    onStarted(id)
  }
  const start = useStartRun(name, started, () => {})
  const refusal = start.error === null ? null : refusalOf(start.error)
  const chosen = targets.filter((target) => tags.size === 0 || target.tags.some((tag) => tags.has(tag)))
  return (
    <Dialog title={`Run ${name}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          start.mutate({ name, tags: [...tags], variables: values })
        }}
      >
        <DialogBody>
          {known.length > 0 && (
            <fieldset className="flex flex-col gap-1">
              <legend className="mb-1 text-small font-medium">Only targets with one of these tags</legend>
              <div className="flex flex-wrap gap-x-4 gap-y-1">
                {known.map((tag) => (
                  <label key={tag} className="flex items-center gap-1.5">
                    <input
                      type="checkbox"
                      className="accent-accent"
                      checked={tags.has(tag)}
                      onChange={() => setTags((old) => toggled(old, tag))}
                    />
                    {tag}
                  </label>
                ))}
              </div>
            </fieldset>
          )}
          {Object.entries(values).map(([variable, value]) => (
            <TextField
              key={variable}
              label={variable}
              mono
              value={value}
              onChange={(event) => setValues((old) => ({ ...old, [variable]: event.target.value }))}
            />
          ))}
          {refusal !== null && (
            <p role="alert" className="border-l-2 border-fail bg-fail/9 px-2.5 py-1.5">
              {refusal.message} {refusal.hint}
            </p>
          )}
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button data-first type="submit" look="primary" disabled={start.isPending}>
            Send to {plural(chosen.length, 'target')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function toggled(tags: ReadonlySet<string>, tag: string): Set<string> {
  return new Set(tags.has(tag) ? [...tags].filter((old) => old !== tag) : [...tags, tag])
}
