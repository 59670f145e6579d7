import { useNavigate } from '@tanstack/react-router'
import { showProject } from '../../platform/current-project.ts'

/** Another project has other things: what was open stays behind. */
export function useOpenProject(): (slug: string) => void {
  const navigate = useNavigate()
  return (slug) => void navigate({ to: '/inbox', search: {} }).then(() => showProject(slug))
}
