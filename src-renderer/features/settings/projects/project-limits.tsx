import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProjectView } from '#shared/contract/projects.ts'
import { ActiveEndpointLimit, SecretMaxAgeDays } from '#shared/model/project.ts'
import { describeError } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'

const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text))

/** How many endpoints a project may have active, and how old its secrets may grow. */
export function ProjectLimits({ project, onClose }: { project: ProjectView; onClose: () => void }) {
  const { api, queries } = useSession()
  const [active, setActive] = useState(String(project.activeEndpointLimit))
  const [days, setDays] = useState(String(project.secretMaxAgeDays))
  const activeEndpointLimit = ActiveEndpointLimit.safeParse(numberOf(active)).data
  const secretMaxAgeDays = SecretMaxAgeDays.safeParse(numberOf(days)).data
  const isWhole = activeEndpointLimit !== undefined && secretMaxAgeDays !== undefined
  const save = useMutation(
    api.projects.update.mutationOptions({
      onSuccess: async () => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.projects.key() }),
          queries.invalidateQueries({ queryKey: api.vault.key() }),
        ])
        onClose()
      },
    }),
  )
  return (
    <Dialog title={`Limits of ${project.name}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isWhole) save.mutate({ id: project.id, activeEndpointLimit, secretMaxAgeDays })
        }}
      >
        <DialogBody>
          <TextField
            label="At most active"
            help="Of endpoints under the policy apifycloud. One more is refused; those that are active now stay so."
            required
            data-first
            inputMode="numeric"
            value={active}
            error={activeEndpointLimit === undefined ? 'Write a whole number from 1 to 1000.' : null}
            onChange={(event) => setActive(event.target.value)}
          />
          <TextField
            label="Secrets are old after days"
            help="The vault warns of those that were not rotated for longer. They go on working."
            required
            inputMode="numeric"
            value={days}
            error={secretMaxAgeDays === undefined ? 'Write a whole number from 1 to 3650.' : null}
            onChange={(event) => setDays(event.target.value)}
          />
          {save.error !== null && (
            <p role="alert" className="text-fail">
              {describeError(save.error)}
            </p>
          )}
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={save.isPending || !isWhole}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
