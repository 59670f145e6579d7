import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProjectView } from '#shared/contract/projects.ts'
import { describeError } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'

export function RenameProject({ project, onClose }: { project: ProjectView; onClose: () => void }) {
  const { api, queries } = useSession()
  const [name, setName] = useState(project.name)
  const rename = useMutation(
    api.projects.update.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.projects.key() })
        onClose()
      },
    }),
  )
  return (
    <Dialog title={`Rename ${project.name}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          rename.mutate({ id: project.id, name })
        }}
      >
        <DialogBody>
          <TextField
            label="Name"
            help={`Scripts go on calling it “${project.slug}”.`}
            required
            data-first
            value={name}
            error={rename.error === null ? null : describeError(rename.error)}
            onChange={(event) => setName(event.target.value)}
          />
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={rename.isPending}>
            Rename
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
