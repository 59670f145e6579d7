import { useMutation, useQuery } from '@tanstack/react-query'
import { ChevronDown, Plus } from 'lucide-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { refusalOf } from '../../platform/api/refusal.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { TextField } from '../../ui/controls/field.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../../ui/controls/menu.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { slugOf } from '../../ui/format/slug.ts'
import { showProject } from '../current-project.ts'

export function ProjectMenu() {
  const { api, project } = useSession()
  const projects = useQuery(api.projects.list.queryOptions()).data?.items ?? []
  const [isCreating, setCreating] = useState(false)
  const open = useOpenProject()
  const name = projects.find(({ slug }) => slug === project)?.name ?? project
  return (
    <>
      <Menu
        label="Projects"
        trigger={
          <button
            type="button"
            aria-label={`Project ${name}`}
            className="flex min-w-0 shrink-0 items-center gap-1.5 rounded px-1 py-0.5 hover:bg-raise"
          >
            <b className="max-w-40 truncate font-semibold">{name}</b>
            <ChevronDown aria-hidden="true" size={13} className="text-faint" />
          </button>
        }
      >
        <MenuChoice
          value={project}
          options={projects.map((known) => ({ value: known.slug, label: known.name, hint: known.slug }))}
          onChange={open}
        />
        <MenuSeparator />
        <MenuItem onSelect={() => setCreating(true)}>
          <span className="flex w-4 justify-center text-muted">
            <Plus size={13} />
          </span>
          New project…
        </MenuItem>
      </Menu>
      {isCreating && <NewProject onClose={() => setCreating(false)} />}
    </>
  )
}

/** Another project has other things: what was open stays behind. */
function useOpenProject(): (slug: string) => void {
  const navigate = useNavigate()
  return (slug) => void navigate({ to: '/inbox', search: {} }).then(() => showProject(slug))
}

function NewProject({ onClose }: { onClose: () => void }) {
  const { api } = useSession()
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
