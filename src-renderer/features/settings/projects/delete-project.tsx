import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ProjectView } from '#shared/contract/projects.ts'
import { describeError } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { FIRST_PROJECT } from '../../../platform/current-project.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { plural } from '../../../ui/format/size.ts'

/** Asks for the project's slug, naming what would go. */
export function DeleteProject({ project, onClose }: { project: ProjectView; onClose: () => void }) {
  const { api, queries, project: shown } = useSession()
  const status = useQuery(api.system.status.queryOptions({ input: { project: project.slug }, staleTime: 0 })).data
  const navigate = useNavigate()
  const [confirm, setConfirm] = useState('')
  const remove = useMutation(
    api.projects.delete.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.projects.key() })
        showDone(`Deleted ${project.name}. Its space is given back step by step.`)
        onClose()
        if (shown === project.slug) {
          void navigate({ to: '.', search: (old) => ({ ...old, in: FIRST_PROJECT }), replace: true })
        }
      },
    }),
  )
  const waiting = (status?.deliveries.scheduled ?? 0) + (status?.deliveries.held ?? 0)
  return (
    <Dialog title={`Delete ${project.name}?`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          remove.mutate({ id: project.id, confirm })
        }}
      >
        <DialogBody>
          <p>
            {status === undefined
              ? 'Counting what is in it…'
              : `${plural(status.events, 'event')} and ${plural(status.endpoints, 'endpoint')} go for good, with all sources, secrets and attempts. ${plural(waiting, 'delivery', 'deliveries')} that wait${waiting === 1 ? 's' : ''} will not be sent.`}
          </p>
          <TextField
            label={`Type “${project.slug}” to mean it`}
            mono
            data-first
            value={confirm}
            error={remove.error === null ? null : describeError(remove.error)}
            onChange={(event) => setConfirm(event.target.value)}
          />
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="danger" disabled={confirm !== project.slug || remove.isPending}>
            Delete project
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
