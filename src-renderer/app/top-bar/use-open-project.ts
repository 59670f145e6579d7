import { useNavigate } from '@tanstack/react-router'

/** Another project has other things: what was open stays behind. */
export function useOpenProject(): (slug: string) => void {
  const navigate = useNavigate()
  return (slug) => void navigate({ to: '/inbox', search: { in: slug } })
}
