import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { useEffect } from 'react'
import { useObservable } from '../../platform/browser/observable.ts'
import { IconButton } from '../controls/button.tsx'
import { endAllNotices, endNotice, notices } from './notices.ts'

export { showDone, showError, showTrouble } from './notices.ts'

/** Where notices stand, for as long as they last; one under the pointer or in a window out of sight stays. */
export function Toasts() {
  const shown = useObservable(notices)
  useEffect(() => {
    window.addEventListener('pagehide', endAllNotices)
    return () => window.removeEventListener('pagehide', endAllNotices)
  }, [])
  return (
    <Toast.Provider duration={6_000} label="Notice" swipeDirection="right">
      {shown.map((notice) => (
        <Toast.Root
          key={notice.id}
          duration={notice.tone === 'bad' ? 12_000 : notice.action === null ? 5_000 : 8_000}
          onOpenChange={(isOpen) => !isOpen && endNotice(notice.id)}
          className="flex items-start gap-2.5 rounded-md border border-line bg-panel py-2 pr-1.5 pl-3 shadow-float"
        >
          {notice.tone === 'good' ? (
            <CircleCheck size={15} className="mt-0.5 shrink-0 text-ok" />
          ) : (
            <CircleAlert size={15} className="mt-0.5 shrink-0 text-fail" />
          )}
          <Toast.Description className="grow break-words">{notice.text}</Toast.Description>
          {notice.action !== null && (
            <Toast.Action
              altText={notice.action.label}
              onClick={notice.action.run}
              className="shrink-0 font-medium text-accent"
            >
              {notice.action.label}
            </Toast.Action>
          )}
          <Toast.Close asChild>
            <IconButton label="Dismiss" className="-my-0.5">
              <X size={13} />
            </IconButton>
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport
        label="Notices ({hotkey})"
        className="fixed right-4 bottom-9 z-50 flex w-96 max-w-[calc(100vw-32px)] flex-col gap-2"
      />
    </Toast.Provider>
  )
}
