import { useQuery } from '@tanstack/react-query'
import { ChevronDown, Plus } from 'lucide-react'
import { useSession } from '../../platform/api/session.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../../ui/controls/menu.tsx'
import { useOpenProject } from './use-open-project.ts'

export function ProjectMenu() {
  const { api, project } = useSession()
  const projects = useQuery(api.projects.list.queryOptions()).data?.items ?? []
  const open = useOpenProject()
  const name = projects.find(({ slug }) => slug === project)?.name ?? project
  return (
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
      <MenuItem onSelect={() => openOverlay({ kind: 'new-project' })}>
        <span className="flex w-4 justify-center text-muted">
          <Plus size={13} />
        </span>
        New project…
      </MenuItem>
    </Menu>
  )
}
