import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { plural } from '../../format/size.ts'
import { FindBar } from '../lines/find-bar.tsx'
import { LineView, type LineViewHandle } from '../lines/line-view.tsx'
import { lastNotAbove } from '../lines/numbers.ts'
import { useFind } from '../lines/use-find.ts'
import { Note } from '../note.tsx'
import { FoldMenu } from './fold-menu.tsx'
import { foldFrom, type Folds, linesInSight, revealing, rowOf, toggled } from './folding.ts'
import type { JsonLayout } from './layout/json-layout.ts'
import { JsonLine } from './json-line.tsx'
import { ownerOf } from './value-places.ts'
import { type FilterBy, PathBar } from './path-bar.tsx'
import { useJsonReading } from './use-json-reading.ts'

const NOTHING_FOLDED = new Uint8Array()

/**
 * JSON as it was sent, laid out: to be searched, folded, and copied from. What turns out not to be JSON is shown by
 * `otherwise`, where that is given.
 */
export function JsonView({
  text,
  label,
  onFilter,
  otherwise,
}: {
  text: string
  label: string
  onFilter?: FilterBy | undefined
  otherwise?: (problem: string) => ReactNode
}) {
  const { layout, problem } = useJsonReading(text)
  if (typeof problem === 'string' && otherwise !== undefined) return otherwise(problem)
  const isWhole = problem !== undefined
  return (
    <>
      {isWhole ? markNotes(layout).map((note) => <Note key={note}>{note}</Note>) : <Note>Reading the rest…</Note>}
      <LaidOut {...{ text, label, layout, isWhole, onFilter }} />
    </>
  )
}

function LaidOut({
  text,
  label,
  layout,
  isWhole,
  onFilter,
}: {
  text: string
  label: string
  layout: JsonLayout
  /** False while more of the text is being read. */
  isWhole: boolean
  onFilter: FilterBy | undefined
}) {
  const [folds, setFolds] = useState<Folds>(NOTHING_FOLDED)
  const [chosen, setChosen] = useState<number | null>(null)
  const [known, setKnown] = useState(layout)
  if (layout !== known) {
    // Flags of the lines of another layout say nothing about this one.
    setKnown(layout)
    setFolds(NOTHING_FOLDED)
  }
  const inSight = useMemo(() => linesInSight(layout, folds), [layout, folds])
  const find = useFind(text)
  const input = useRef<HTMLInputElement>(null)
  const view = useRef<LineViewHandle>(null)
  const lineOf = (row: number): number => (inSight === null ? row : (inSight[row] ?? 0))
  const opens = (line: number): boolean => (layout.partners[line] ?? -1) > line
  const isFolded = (line: number): boolean => folds[line] === 1
  const toggle = (line: number): void =>
    setFolds(toggled(folds.length === 0 ? foldFrom(layout, Infinity) : folds, line))

  const showLine = (line: number): void => {
    const next = revealing(folds, layout, line)
    setFolds(next)
    setChosen(line)
    const row = rowOf(linesInSight(layout, next), line)
    // What was folded away has its row once the next frame is drawn.
    requestAnimationFrame(() => view.current?.show(row))
  }
  // A place beyond what is read so far is shown once it is.
  const awaited = useRef<number | null>(null)
  const show = (place: number): void => {
    if (isWhole) showLine(lastNotAbove(layout.starts, place))
    else awaited.current = place
  }
  useEffect(() => {
    if (!isWhole || awaited.current === null) return
    show(awaited.current)
    awaited.current = null
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the rest is there
  }, [isWhole])
  const foldAll = (next: Folds): void => {
    setFolds(next)
    setChosen(null)
  }
  return (
    <>
      <FindBar ref={input} find={find} label={label} onGo={show}>
        {isWhole && <FoldMenu layout={layout} onFold={foldAll} />}
      </FindBar>
      {layout.isCut && <Note>The lines go on: download the body to see the rest.</Note>}
      <LineView
        ref={view}
        label={label}
        count={inSight === null ? layout.count : inSight.length}
        lines={layout.count}
        widest={layout.widest}
        lineOf={lineOf}
        cursor={chosen === null ? null : rowOf(inSight, chosen)}
        onCursor={(row) => setChosen(lineOf(row))}
        onKey={(event) => {
          if (event.key === 'f' && (event.ctrlKey || event.metaKey)) {
            input.current?.select()
            return true
          }
          if (chosen === null || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return false
          const owner = ownerOf(layout, chosen)
          if (!opens(owner) || isFolded(owner) === (event.key === 'ArrowLeft')) return false
          toggle(owner)
          setChosen(owner)
          return true
        }}
        foldOf={(row) => {
          const line = lineOf(row)
          return opens(line) ? { isFolded: isFolded(line), toggle: () => toggle(line) } : null
        }}
        renderLine={(line) => (
          <JsonLine
            text={text}
            layout={layout}
            line={line}
            isFolded={isFolded(line)}
            matches={find.matches}
            current={find.current}
          />
        )}
      />
      {chosen !== null && <PathBar text={text} layout={layout} line={chosen} onFilter={onFilter} />}
    </>
  )
}

/** What a reader of this JSON would quietly change, in words. */
function markNotes({ marks }: JsonLayout): string[] {
  const kinds = [...marks.values()]
  const keys = kinds.filter((kind) => kind === 'duplicate key').length
  const numbers = kinds.length - keys
  return [
    ...(keys > 0
      ? [`${plural(keys, 'key stands', 'keys stand')} twice in an object: most readers keep the last value.`]
      : []),
    ...(numbers > 0
      ? [
          `${plural(numbers, 'number loses digits when JavaScript reads it', 'numbers lose digits when JavaScript reads them')}.`,
        ]
      : []),
  ]
}
