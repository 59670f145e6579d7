import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, type Ref, useImperativeHandle, useRef } from 'react'

const LINE_PX = 19
const PAGE_LINES = 20

export interface LineViewHandle {
  /** Brings a row into sight. */
  show(row: number): void
}

export interface Fold {
  isFolded: boolean
  toggle: () => void
}

/** Numbered lines of any count in a fixed face; only those in sight are built. */
export function LineView({
  ref,
  label,
  count,
  widest,
  lineOf = (row) => row,
  lines = count,
  cursor = null,
  onCursor,
  onKey,
  foldOf,
  renderLine,
}: {
  ref?: Ref<LineViewHandle>
  label: string
  /** How many rows there are. */
  count: number
  /** Characters of the longest line. */
  widest: number
  /** Which line a row shows, from 0; rows are fewer than lines where some are folded away. */
  lineOf?: (row: number) => number
  /** How many lines there are in all. */
  lines?: number
  /** The row that is chosen. */
  cursor?: number | null
  onCursor?: (row: number) => void
  /** True for a key that was taken. */
  onKey?: (event: KeyboardEvent) => boolean
  /** Null for a row that folds nothing. */
  foldOf?: (row: number) => Fold | null
  renderLine: (line: number) => ReactNode
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
    paddingStart: 10,
    paddingEnd: 16,
  })
  useImperativeHandle(ref, () => ({
    show: (row) => virtualizer.scrollToIndex(row, { align: 'auto' }),
  }))
  const move = (row: number): void => {
    const next = Math.max(0, Math.min(count - 1, row))
    onCursor?.(next)
    virtualizer.scrollToIndex(next, { align: 'auto' })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE_LINES, PageUp: -PAGE_LINES }
    const step = steps[event.key]
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if (onKey?.(event) === true) event.preventDefault()
    } else if (onCursor !== undefined && step !== undefined) {
      event.preventDefault()
      move(cursor === null ? 0 : cursor + step)
    } else if (onCursor !== undefined && (event.key === 'Home' || event.key === 'End')) {
      event.preventDefault()
      move(event.key === 'Home' ? 0 : count - 1)
    } else if (onKey?.(event) === true) event.preventDefault()
  }
  const gutter = String(lines).length
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it is scrolled by keys, and they move the cursor
    <div
      ref={scroller}
      role="region"
      aria-label={label}
      tabIndex={0}
      className="mono min-h-0 grow overflow-auto"
      onKeyDown={onKeyDown}
    >
      <div className="relative" style={{ height: virtualizer.getTotalSize(), minWidth: `${widest + gutter + 8}ch` }}>
        {virtualizer.getVirtualItems().map((item) => {
          const line = lineOf(item.index)
          const fold = foldOf?.(item.index) ?? null
          return (
            // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys of the region do the same
            <div
              key={item.key}
              className={`absolute inset-x-0 flex h-[19px] whitespace-pre ${item.index === cursor ? 'bg-accent-soft' : ''}`}
              style={{ top: item.start }}
              onClick={() => onCursor?.(item.index)}
            >
              <span
                className="shrink-0 pl-4 text-right text-faint select-none"
                style={{ width: `calc(${gutter}ch + 16px)` }}
              >
                {line + 1}
              </span>
              <span className="flex w-4 shrink-0 justify-center select-none">
                {fold !== null && <FoldMark {...fold} line={line} />}
              </span>
              <span>{renderLine(line)}</span>
            </div>
          )
        })}
      </div>
    </div>
  )
}

function FoldMark({ isFolded, toggle, line }: Fold & { line: number }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`${isFolded ? 'Unfold' : 'Fold'} line ${line + 1}`}
      aria-expanded={!isFolded}
      className="text-faint hover:text-text"
      onClick={(event) => {
        event.stopPropagation()
        toggle()
      }}
    >
      {isFolded ? '▸' : '▾'}
    </button>
  )
}
