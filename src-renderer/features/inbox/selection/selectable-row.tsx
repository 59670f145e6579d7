import { memo } from 'react'
import type { EventSummary } from '#shared/contract/events.ts'
import { EventRow } from '../event-row.tsx'
import { RowMark } from './row-mark.tsx'

/** Drawn again only when something of it changed: many of them stand in sight while the list grows. */
export const SelectableRow = memo(
  ({
    event,
    isSelected,
    isSelecting,
    onMark,
  }: {
    event: EventSummary
    isSelected: boolean
    /** Whether any row is. */
    isSelecting: boolean
    /** The same function as long as the list stands. */
    onMark: (id: string, isRange: boolean) => void
  }) => (
    <EventRow
      event={event}
      mark={
        <RowMark
          isSelected={isSelected}
          isSelecting={isSelecting}
          isUnread={!event.isRead}
          onMark={(isRange) => onMark(event.id, isRange)}
        />
      }
    />
  ),
)
