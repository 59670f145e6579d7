import { type ReactNode, useRef } from 'react'
import { useOffThread, type Work } from '../../../platform/browser/use-off-thread.ts'
import { SkeletonRows } from '../../feedback/states.tsx'
import { FindBar } from '../lines/find-bar.tsx'
import { LineView, type LineViewHandle } from '../lines/line-view.tsx'
import { MarkedText } from '../lines/marked-text.tsx'
import { lastNotAbove } from '../lines/numbers.ts'
import { useFind } from '../lines/use-find.ts'
import { Note } from '../note.tsx'
import { layOutText, LONGEST_LINE, type TextLayout } from './text-layout.ts'

const WORK: Work<string, TextLayout> = {
  isLittle: (text) => text.length <= 500_000,
  perform: layOutText,
  start: () => new Worker(new URL('./text-worker.ts', import.meta.url), { type: 'module' }),
}

/** A text with numbered lines, which can be searched. */
export function TextView({ text, label, tools }: { text: string; label: string; tools?: ReactNode }) {
  const layout = useOffThread(text, WORK)
  const find = useFind(text)
  const input = useRef<HTMLInputElement>(null)
  const view = useRef<LineViewHandle>(null)
  if (layout === null) return <SkeletonRows />
  const { starts, ends, widest, isCut } = layout
  return (
    <>
      <FindBar ref={input} find={find} label={label} onGo={(place) => view.current?.show(lastNotAbove(starts, place))}>
        {tools}
      </FindBar>
      {isCut && <Note>The lines go on: download the body to see the rest.</Note>}
      <LineView
        ref={view}
        label={label}
        count={starts.length}
        widest={widest}
        onKey={(event) => {
          if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return false
          input.current?.select()
          return true
        }}
        renderLine={(line) => {
          const [start = 0, end = 0] = [starts[line], ends[line]]
          const more = end - start - LONGEST_LINE
          return (
            <>
              <MarkedText
                text={text.slice(start, Math.min(end, start + LONGEST_LINE))}
                at={start}
                matches={find.matches}
                current={find.current}
              />
              {more > 0 && <span className="text-faint">… {more.toLocaleString('en-US')} more characters</span>}
            </>
          )
        }}
      />
    </>
  )
}
