import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useRef } from 'react'

const LINE_PX = 19

/** Numbered lines of any count in a fixed face; only those in sight are built. */
export function LineView({
  label,
  count,
  widest,
  renderLine,
}: {
  label: string
  count: number
  /** Characters of the longest line. */
  widest: number
  renderLine: (index: number) => ReactNode
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
  const gutter = String(count).length
  return (
    <div ref={scroller} role="region" aria-label={label} tabIndex={0} className="mono min-h-0 grow overflow-auto">
      <div className="relative" style={{ height: virtualizer.getTotalSize(), minWidth: `${widest + gutter + 8}ch` }}>
        {virtualizer.getVirtualItems().map((row) => (
          <div key={row.key} className="absolute inset-x-0 flex h-[19px] whitespace-pre" style={{ top: row.start }}>
            <span
              className="shrink-0 pr-4 pl-4 text-right text-faint select-none"
              style={{ width: `calc(${gutter}ch + 32px)` }}
            >
              {row.index + 1}
            </span>
            <span>{renderLine(row.index)}</span>
          </div>
        ))}
      </div>
    </div>
  )
}
