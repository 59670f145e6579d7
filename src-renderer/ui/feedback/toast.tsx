import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { describeError } from '../../platform/api/refusal.ts'
import { createObservable, useObservable } from '../../platform/browser/observable.ts'
import { IconButton } from '../controls/button.tsx'

interface Notice {
  id: number
  tone: 'good' | 'bad'
  text: string
  action: { label: string; run: () => void } | null
}

const MOST_SHOWN = 3
const notices = createObservable<readonly Notice[]>([])
let lastId = 0

function show(notice: Omit<Notice, 'id'>): void {
  notices.set(
    [...notices.get().filter((old) => old.text !== notice.text), { id: ++lastId, ...notice }].slice(-MOST_SHOWN),
  )
}

export function showDone(text: string, action: Notice['action'] = null): void {
  show({ tone: 'good', text, action })
}

/** Tells what failed: a sentence, or the API's own words for an error. */
export function showError(error: unknown): void {
  show({ tone: 'bad', text: typeof error === 'string' ? error : describeError(error), action: null })
}

/** Tells of trouble that somebody may want to look at. */
export function showTrouble(text: string, action: Notice['action']): void {
  show({ tone: 'bad', text, action })
}

function close(id: number): void {
  notices.set(notices.get().filter((notice) => notice.id !== id))
}

export function Toasts() {
  const shown = useObservable(notices)
  return (
    <Toast.Provider duration={6_000} label="Notice" swipeDirection="right">
      {shown.map((notice) => (
        <Toast.Root
          key={notice.id}
          duration={notice.tone === 'bad' ? 12_000 : 5_000}
          onOpenChange={(isOpen) => !isOpen && close(notice.id)}
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
