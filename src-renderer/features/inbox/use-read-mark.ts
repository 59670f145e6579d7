import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { EventDetail } from '#shared/contract/events.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { useMay } from '../../platform/api/caller.ts'
import { useApi } from '../../platform/api/session.ts'
import { showError } from '../../ui/feedback/toast.tsx'

/** What is opened is read, once for each opening: marked as unread after that, it stays so. */
export function useReadMark({ id, isRead }: EventDetail, onUnread: () => void): void {
  const { mutate } = useMutation(useApi().events.mark.mutationOptions({ onError: showError }))
  const mayMark = useMay('events:write')
  const seen = useRef<string | null>(null)
  useEffect(() => {
    if (!mayMark || seen.current === id) return
    seen.current = id
    if (!isRead) mutate({ eventIds: [id], read: true })
  }, [id, isRead, mayMark, mutate])
  useActions({
    'event.mark_unread': () => {
      mutate({ eventIds: [id], read: false })
      onUnread()
    },
  })
}
