import { useVirtualizer } from '@tanstack/react-virtual'
import { diffWordsWithSpace } from 'diff'
import { ChevronDown, ChevronUp, UnfoldVertical } from 'lucide-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { IconButton } from '../controls/button.tsx'
import { plural } from '../format/size.ts'
import { nextChange, shownRows } from './diff-rows.ts'
import type { DiffRow, LineDiff, NumberedLine } from './values/line-diff.ts'

const ROW_PX = 19
/** Words are told apart in lines up to here. */
const LONGEST_WORDS = 2_000
/** Lines that share less are other lines: marking words in them would only confuse. */
const LEAST_SHARED = 0.4
/** What is longer is cut: no screen shows it. */
const LONGEST_LINE = 10_000

/** Two texts beside each other, line by line; equal stretches are folded away until asked for. */
export function LineDiffView({ diff, label, tools }: { diff: LineDiff; label: string; tools?: ReactNode }) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const rows = useMemo(() => shownRows(diff.rows, opened), [diff, opened])
  const [place, setPlace] = useState(-1)
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
    paddingEnd: 16,
  })
  const go = (step: 1 | -1): void => {
    const next = nextChange(rows, place, step)
    if (next === null) return
    setPlace(next)
    virtualizer.scrollToIndex(next, { align: 'center' })
  }
  return (
    <>
      <div className="flex shrink-0 items-center gap-2 border-b border-line px-4 py-1.5 text-small text-muted">
        {tools}
        <span className="grow" />
        <span>{plural(diff.changes, 'change')}</span>
        <IconButton label="Previous change" disabled={nextChange(rows, place, -1) === null} onClick={() => go(-1)}>
          <ChevronUp size={14} />
        </IconButton>
        <IconButton label="Next change" disabled={nextChange(rows, place, 1) === null} onClick={() => go(1)}>
          <ChevronDown size={14} />
        </IconButton>
      </div>
      <div ref={scroller} role="region" aria-label={label} tabIndex={0} className="mono min-h-0 grow overflow-auto">
        <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const shown = rows[item.index]
            return (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className="absolute inset-x-0"
                style={{ top: item.start }}
              >
                {shown?.kind === 'hidden' && (
                  <button
                    type="button"
                    className="flex h-6 w-full items-center gap-2 border-y border-line bg-panel px-4 font-sans text-small text-muted hover:text-text"
                    onClick={() => setOpened(new Set([...opened, shown.from]))}
                  >
                    <UnfoldVertical aria-hidden="true" size={12} /> {plural(shown.count, 'equal line')}
                  </button>
                )}
                {shown?.kind === 'row' && <Row row={shown.row} isCurrent={item.index === place} />}
              </div>
            )
          })}
        </div>
      </div>
    </>
  )
}

const SIDES = {
  same: ['', ''],
  changed: ['bg-fail/9', 'bg-ok/9'],
  removed: ['bg-fail/9', 'bg-raise/60'],
  added: ['bg-raise/60', 'bg-ok/9'],
} as const

function Row({ row, isCurrent }: { row: DiffRow; isCurrent: boolean }) {
  const [left, right] = SIDES[row.kind]
  const words = row.kind === 'changed' ? wordsOf(row) : null
  return (
    <div className={`grid min-h-[19px] grid-cols-2 ${isCurrent ? 'outline outline-accent/60' : ''}`}>
      <Side line={row.left} look={left} sign={row.kind === 'same' ? '' : '−'}>
        {words?.left}
      </Side>
      <Side line={row.right} look={`border-l border-line ${right}`} sign={row.kind === 'same' ? '' : '+'}>
        {words?.right}
      </Side>
    </div>
  )
}

function Side({
  line,
  look,
  sign,
  children,
}: {
  line: NumberedLine | null
  look: string
  sign: string
  children?: ReactNode
}) {
  return (
    <div className={`flex min-w-0 ${look}`}>
      <span className="w-12 shrink-0 pr-2 text-right text-muted select-none">{line?.number}</span>
      <span className="w-4 shrink-0 text-muted select-none">{line !== null && sign}</span>
      <span className="min-w-0 grow pr-3 break-all whitespace-pre-wrap">{children ?? cut(line?.text ?? '')}</span>
    </div>
  )
}

function cut(text: string): string {
  return text.length <= LONGEST_LINE ? text : `${text.slice(0, LONGEST_LINE)}…`
}

/** The words of both sides, those that differ marked; null for lines that are too long to look at. */
function wordsOf({ left, right }: DiffRow): { left: ReactNode; right: ReactNode } | null {
  if (left === null || right === null || left.text.length + right.text.length > LONGEST_WORDS) return null
  const parts = diffWordsWithSpace(left.text, right.text)
  const shared = parts.reduce((sum, part) => sum + (part.added || part.removed ? 0 : part.value.trim().length), 0)
  if (shared < LEAST_SHARED * Math.max(left.text.trim().length, right.text.trim().length)) return null
  const side = (leaveOut: 'added' | 'removed', tone: string) =>
    parts
      .filter((part) => !part[leaveOut])
      .map((part, at) =>
        part.added || part.removed ? (
          <mark key={at} className={`rounded-sm text-text ${tone}`}>
            {part.value}
          </mark>
        ) : (
          <span key={at}>{part.value}</span>
        ),
      )
  return { left: side('added', 'bg-fail/30'), right: side('removed', 'bg-ok/30') }
}
