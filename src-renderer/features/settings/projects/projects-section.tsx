import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { ProjectView } from '#shared/contract/projects.ts'
import { useSession } from '../../../platform/api/session.ts'
import { FIRST_PROJECT } from '../../../platform/current-project.ts'
import { openOverlay } from '../../../platform/overlays.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { fullTime } from '../../../ui/format/time.ts'
import { DeleteProject } from './delete-project.tsx'
import { ActiveLimit } from './active-limit.tsx'
import { RenameProject } from './rename-project.tsx'

export function ProjectsSection() {
  const { api, project } = useSession()
  const list = useQuery(api.projects.list.queryOptions())
  const [renamed, setRenamed] = useState<ProjectView | null>(null)
  const [limited, setLimited] = useState<ProjectView | null>(null)
  const [deleted, setDeleted] = useState<ProjectView | null>(null)
  return (
    <>
      <p className="text-muted">
        A project has its own sources, events, endpoints and secrets, apart from all others. Its slug names it in
        scripts and never changes.
      </p>
      {list.isPending ? (
        <SkeletonRows rows={3} />
      ) : list.data === undefined ? (
        <ErrorState title="The projects could not be read" error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <ul className="border-t border-line">
          {list.data.items.toReversed().map((each) => (
            <li key={each.id} className="flex min-h-9 items-center gap-3 border-b border-line/55 py-1.5">
              <span className="min-w-0 grow truncate" title={`Created ${fullTime(each.createdAt)}`}>
                {each.name} <span className="mono text-muted">{each.slug}</span>
                {each.slug === project && <span className="ml-2 text-small text-muted">shown now</span>}
              </span>
              <Button aria-label={`Rename ${each.name}`} onClick={() => setRenamed(each)}>
                Rename…
              </Button>
              <Button aria-label={`Limit active endpoints of ${each.name}`} onClick={() => setLimited(each)}>
                Limit…
              </Button>
              {each.slug !== FIRST_PROJECT && (
                <Button look="danger" aria-label={`Delete ${each.name}`} onClick={() => setDeleted(each)}>
                  Delete…
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Button look="primary" className="self-start" onClick={() => openOverlay({ kind: 'new-project' })}>
        <Plus size={13} /> New project
      </Button>
      {deleted !== null && <DeleteProject project={deleted} onClose={() => setDeleted(null)} />}
      {limited !== null && <ActiveLimit project={limited} onClose={() => setLimited(null)} />}
      {renamed !== null && <RenameProject project={renamed} onClose={() => setRenamed(null)} />}
    </>
  )
}
