import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProjectView } from '#shared/contract/projects.ts'
import { ActiveEndpointLimit } from '#shared/model/project.ts'
import { describeError } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'

/** How many endpoints a project may have active under each policy that limits them. */
export function ActiveLimit({ project, onClose }: { project: ProjectView; onClose: () => void }) {
  const { api, queries } = useSession()
  const [text, setText] = useState(String(project.activeEndpointLimit))
  const limit = ActiveEndpointLimit.safeParse(text.trim() === '' ? null : Number(text)).data
  const save = useMutation(
    api.projects.update.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.projects.key() })
        onClose()
      },
    }),
  )
  return (
    <Dialog title={`Active endpoints of ${project.name}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (limit !== undefined) save.mutate({ id: project.id, activeEndpointLimit: limit })
        }}
      >
        <DialogBody>
          <TextField
            label="At most active"
            help="Of endpoints under the policy apifycloud. One more is refused; those that are active now stay so."
            required
            data-first
            inputMode="numeric"
            value={text}
            error={
              limit === undefined
                ? 'Write a whole number from 1 to 1000.'
                : save.error === null
                  ? null
                  : describeError(save.error)
            }
            onChange={(event) => setText(event.target.value)}
          />
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={save.isPending || limit === undefined}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
