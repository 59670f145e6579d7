import { Square, SquareCheck } from 'lucide-react'
import type { MouseEvent } from 'react'

/** The first sign of a row: chosen, to be chosen, or unread. For the pointer alone: by key it is `x`. */
export function RowMark({
  isSelected,
  isSelecting,
  isUnread,
  onMark,
}: {
  isSelected: boolean
  /** Whether anything is. */
  isSelecting: boolean
  isUnread: boolean
  onMark: (isRange: boolean) => void
}) {
  const mark = (event: MouseEvent): void => {
    event.stopPropagation()
    onMark(event.shiftKey)
  }
  return (
    <span
      aria-hidden="true"
      data-mark
      onClick={mark}
      className="group/mark -my-1.5 -ml-2 flex h-8 w-7 cursor-default items-center justify-center"
    >
      {isSelected ? (
        <SquareCheck size={14} className="text-accent" />
      ) : (
        <>
          <Square size={14} className={`text-faint ${isSelecting ? '' : 'hidden group-hover/row:block'}`} />
          {isUnread && !isSelecting && <span className="size-1.5 rounded-full bg-accent group-hover/row:hidden" />}
        </>
      )}
    </span>
  )
}
