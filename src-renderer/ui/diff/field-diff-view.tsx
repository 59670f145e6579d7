import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useRef } from 'react'
import { CopyButton } from '../controls/copy-button.tsx'
import { plural } from '../format/size.ts'
import type { FieldChange } from './values/field-changes.ts'

const ROW_PX = 28
const LONGEST = 2_000

const LOOKS: Record<FieldChange['kind'], { word: string; tone: string }> = {
  changed: { word: 'changed', tone: 'text-retry' },
  added: { word: 'added', tone: 'text-ok' },
  removed: { word: 'removed', tone: 'text-fail' },
}

const COLUMNS = 'grid grid-cols-[minmax(0,5fr)_72px_minmax(0,4fr)_minmax(0,4fr)_28px]'

/** The places at which two JSON values differ, by their path. */
export function FieldDiffView({
  changes,
  label,
  titles,
  tools,
}: {
  changes: readonly FieldChange[]
  label: string
  titles: readonly [left: string, right: string]
  tools?: ReactNode
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: changes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
    paddingEnd: 16,
  })
  return (
    <>
      <div className="flex shrink-0 items-center gap-2 border-b border-line px-4 py-1.5 text-small text-muted">
        {tools}
        <span className="grow" />
        <span>{plural(changes.length, 'field differs', 'fields differ')}</span>
      </div>
      <div ref={scroller} role="region" aria-label={label} tabIndex={0} className="min-h-0 grow overflow-auto">
        <div role="table" aria-label={label} aria-rowcount={changes.length + 1}>
          <div role="row" className={`${COLUMNS} border-b border-line bg-panel px-4 py-1 text-mini text-faint`}>
            <span role="columnheader">path</span>
            <span role="columnheader">difference</span>
            <span role="columnheader" className="truncate px-2">
              {titles[0]}
            </span>
            <span role="columnheader" className="truncate px-2">
              {titles[1]}
            </span>
            <span role="columnheader" className="sr-only">
              copy
            </span>
          </div>
          <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map((item) => {
              const change = changes[item.index]
              if (change === undefined) return null
              const { word, tone } = LOOKS[change.kind]
              return (
                <div
                  key={item.key}
                  ref={virtualizer.measureElement}
                  data-index={item.index}
                  role="row"
                  aria-rowindex={item.index + 2}
                  className={`group absolute inset-x-0 items-start border-b border-line/55 px-4 ${COLUMNS}`}
                  style={{ top: item.start }}
                >
                  <span role="cell" className="mono py-1 pr-3 wrap-anywhere">
                    {change.path}
                  </span>
                  <span role="cell" className={`py-1 text-small ${tone}`}>
                    {word}
                  </span>
                  <Value text={change.left} tone="bg-fail/9" />
                  <Value text={change.right} tone="bg-ok/9" />
                  <span role="cell" className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
                    <CopyButton iconOnly text={change.path} label={`Copy the path ${change.path}`} />
                  </span>
                </div>
              )
            })}
          </div>
        </div>
      </div>
    </>
  )
}

function Value({ text, tone }: { text: string | null; tone: string }) {
  return (
    <span role="cell" className={`mono min-h-full px-2 py-1 wrap-anywhere ${text === null ? '' : tone}`}>
      {text === null ? '' : text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}
    </span>
  )
}
