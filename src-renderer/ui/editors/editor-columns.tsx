import type { ReactNode } from 'react'

/** What is written on the left, where it goes on the right; beneath each other where there is no room. */
export function EditorColumns({ message, aside }: { message: ReactNode; aside: ReactNode }) {
  return (
    <div className="@container min-h-0 grow">
      <div className="grid h-full min-h-0 grid-cols-[minmax(0,1fr)_340px] overflow-hidden @max-2xl:grid-cols-1 @max-2xl:overflow-y-auto">
        <div className="flex min-h-0 min-w-0 flex-col @max-2xl:min-h-90">{message}</div>
        <div className="flex min-h-0 flex-col gap-4 overflow-y-auto border-l border-line px-4 py-3 @max-2xl:overflow-visible @max-2xl:border-t @max-2xl:border-l-0">
          {aside}
        </div>
      </div>
    </div>
  )
}
