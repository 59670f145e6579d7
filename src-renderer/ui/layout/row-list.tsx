import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowUp } from 'lucide-react'
import { memo, type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { plural } from '../format/size.ts'
import { useRowsAhead } from './rows-ahead.ts'
import { useSteadyScroll } from './use-steady-scroll.ts'

const ROW_PX = 32
/** How many rows from the end the next page is asked for. */
const AHEAD = 25
/** How many rows a page key moves by. */
const PAGE = 15

export interface RowListProps<T extends { id: string }> {
  /** What the rows are, for a screen reader: `Events`. */
  label: string
  header: ReactNode
  items: readonly T[]
  renderRow: (item: T) => ReactNode
  /** The row under the keyboard; null for none. */
  cursorId: string | null
  onCursor: (id: string) => void
  onOpen: (id: string) => void
  onMore?: () => void
  /** Rows that are chosen together: by ⌘ or Ctrl and a click, up to one by ⇧ and a click. */
  selection?: {
    isActive: boolean
    has: (id: string) => boolean
    toggle: (id: string) => void
    extend: (id: string) => void
  }
  /** Rows came while the top was in sight. */
  onTopGrown?: () => void
}

/** A list of any length in rows of 32 px: only those in sight are built, and what is read does not move. */
export function RowList<T extends { id: string }>(props: RowListProps<T>) {
  const { items, cursorId, label } = props
  const scroller = useRef<HTMLDivElement>(null)
  const rowsAhead = useRowsAhead()
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => items[index]?.id ?? index,
    rangeExtractor: rowsAhead,
    useFlushSync: false,
  })
  const { unseen, freshIds, onScroll, toTop } = useSteadyScroll(scroller, items, {
    rowPx: ROW_PX,
    onTopGrown: props.onTopGrown,
  })
  const rows = virtualizer.getVirtualItems()
  const lastIndex = rows.at(-1)?.index ?? 0
  const { onMore } = props
  useEffect(() => {
    if (lastIndex >= items.length - AHEAD) onMore?.()
  }, [lastIndex, items.length, onMore])

  const at = items.findIndex((item) => item.id === cursorId)
  const moveTo = (index: number): void => {
    const target = Math.min(items.length - 1, Math.max(0, index))
    const item = items[target]
    if (item === undefined) return
    virtualizer.scrollToIndex(target)
    props.onCursor(item.id)
  }
  useActions({
    'list.next': () => moveTo(at + 1),
    'list.before': () => moveTo(at === -1 ? 0 : at - 1),
    'list.page_down': () => moveTo(at + PAGE),
    'list.page_up': () => moveTo(at - PAGE),
    'list.first': () => moveTo(0),
    'list.last': () => moveTo(items.length - 1),
    'list.open': () => cursorId !== null && props.onOpen(cursorId),
  })

  const choose = (event: MouseEvent, id: string): void => {
    const { selection } = props
    if (selection !== undefined && (event.metaKey || event.ctrlKey)) selection.toggle(id)
    else if (selection !== undefined && event.shiftKey) selection.extend(id)
    else props.onOpen(id)
  }

  return (
    <div className="relative flex min-h-0 grow flex-col">
      {props.header}
      <div
        ref={scroller}
        onScroll={onScroll}
        role="listbox"
        aria-label={label}
        aria-multiselectable={props.selection !== undefined || undefined}
        aria-activedescendant={at === -1 ? undefined : `row-${cursorId}`}
        tabIndex={0}
        className="min-h-0 grow overflow-x-hidden overflow-y-auto [overflow-anchor:none]"
      >
        <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {rows.map((row) => {
            const item = items[row.index]
            if (item === undefined) return null
            const isCursor = item.id === cursorId
            const isSelected = props.selection?.has(item.id) === true
            return (
              <div
                key={item.id}
                id={`row-${item.id}`}
                role="option"
                aria-selected={props.selection?.isActive === true ? isSelected : isCursor}
                aria-setsize={items.length}
                aria-posinset={row.index + 1}
                tabIndex={-1}
                onClick={(event) => choose(event, item.id)}
                className={`group/row absolute inset-x-0 h-8 border-b contain-strict border-line/55 ${isSelected || isCursor ? 'bg-accent-soft' : 'hover:bg-panel'} ${isCursor ? 'shadow-[inset_2px_0_var(--accent)]' : ''}`}
                style={{ top: row.start }}
              >
                <div role="presentation" className={`h-full ${freshIds.has(item.id) ? 'animate-arrive' : ''}`}>
                  <RowContent item={item} render={props.renderRow as (item: unknown) => ReactNode} />
                </div>
              </div>
            )
          })}
        </div>
      </div>
      {unseen > 0 && (
        <button
          type="button"
          onClick={toTop}
          aria-label={`Show ${plural(unseen, 'new row')}`}
          className="absolute top-9 left-1/2 flex -translate-x-1/2 items-center gap-1 rounded-full bg-accent px-3 py-0.5 text-small font-semibold text-on-accent shadow-float"
        >
          <ArrowUp size={12} strokeWidth={2.5} /> {unseen} new
        </button>
      )}
    </div>
  )
}

/** Scrolling moves rows and changes nothing in them. */
const RowContent = memo(({ item, render }: { item: unknown; render: (item: unknown) => ReactNode }) => render(item))
