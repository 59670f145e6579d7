import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { refusalOf } from '../../platform/api/refusal.ts'
import { useApi } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { TextField } from '../../ui/controls/field.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { slugOf } from '../../ui/format/slug.ts'
import { useOpenProject } from './use-open-project.ts'

export default function NewProject({ onClose }: { onClose: () => void }) {
  const api = useApi()
  const open = useOpenProject()
  const [name, setName] = useState('')
  const [slug, setSlug] = useState<string | null>(null)
  const create = useMutation(
    api.projects.create.mutationOptions({
      onSuccess: ({ slug: created }) => {
        onClose()
        open(created)
      },
    }),
  )
  const refusal = create.error === null ? null : refusalOf(create.error)
  const errorOf = (field: string): string | null =>
    refusal?.field === field ? `${refusal.message} ${refusal.hint ?? ''}` : null
  return (
    <Dialog title="New project" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate({ name, slug: slug ?? slugOf(name) })
        }}
      >
        <DialogBody>
          <p className="text-muted">A project has its own sources, events and endpoints, apart from all others.</p>
          <TextField
            label="Name"
            required
            data-first
            value={name}
            error={errorOf('name')}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label="Slug"
            help="Its short name for scripts."
            mono
            required
            value={slug ?? slugOf(name)}
            error={errorOf('slug') ?? (refusal !== null && refusal.field === null ? refusal.message : null)}
            onChange={(event) => setSlug(event.target.value)}
          />
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={create.isPending}>
            Create project
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
