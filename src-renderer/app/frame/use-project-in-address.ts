import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useCaller } from '../../platform/api/caller.ts'
import { refusalOf } from '../../platform/api/refusal.ts'
import { useApi, useSession } from '../../platform/api/session.ts'
import { FIRST_PROJECT, showProject } from '../../platform/current-project.ts'

/**
 * Shows the project that the address names, and names in it the one that is shown. A project that is gone gives way to the
 * first one, and any to the one that a key is bound to.
 */
export function useProjectInAddress(): void {
  const navigate = useNavigate()
  const { project: shown } = useSession()
  const { in: named } = useSearch({ strict: false })
  const own = useCaller()?.project ?? null
  const { error } = useQuery(useApi().system.status.queryOptions({ input: {} }))
  const isLost = error !== null && refusalOf(error).code === 'not_found'
  const wanted = own ?? (isLost && shown !== FIRST_PROJECT && named === shown ? FIRST_PROJECT : (named ?? shown))
  useEffect(() => {
    if (named !== wanted) void navigate({ to: '.', search: (old) => ({ ...old, in: wanted }), replace: true })
    else if (shown !== wanted) showProject(wanted)
  }, [navigate, named, shown, wanted])
}
