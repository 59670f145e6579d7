import { useNavigate } from '@tanstack/react-router'
import { compareMark } from '../../../platform/compare-mark.ts'

/** Marks an event for comparison, or compares it with the one that is marked; the marked one itself is let go. */
export function useCompare(): (event: { id: string; title: string }) => void {
  const navigate = useNavigate()
  return (event) => {
    const marked = compareMark.get()
    if (marked === null) {
      compareMark.set(event)
      return
    }
    compareMark.set(null)
    if (marked.id !== event.id) void navigate({ to: '/compare', search: { left: marked.id, right: event.id } })
  }
}
