import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'
import { useRememberedNumber } from '../../platform/browser/remembered.ts'

const NARROWEST = 28
const WIDEST = 72
const STEP = 2

function clamp(share: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, share))
}

/** A list, and beside it what was opened. The share of the list, in percent, is remembered under `name`. */
export function SplitPane({ name, list, detail }: { name: string; list: ReactNode; detail: ReactNode | null }) {
  const [share, setShare] = useRememberedNumber(`split.${name}`, 46)
  const frame = useRef<HTMLDivElement>(null)
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const box = frame.current?.getBoundingClientRect()
    if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    setShare(clamp(((event.clientX - box.left) / box.width) * 100))
  }
  const nudge = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft') setShare(clamp(share - STEP))
    if (event.key === 'ArrowRight') setShare(clamp(share + STEP))
  }
  return (
    <div
      ref={frame}
      className="grid min-h-0 grow grid-rows-[minmax(0,1fr)]"
      style={{
        gridTemplateColumns: detail === null ? 'minmax(0,1fr)' : `minmax(0,${share}fr) 1px minmax(0,${100 - share}fr)`,
      }}
    >
      <div className="@container flex min-h-0 min-w-0 flex-col">{list}</div>
      {detail !== null && (
        <>
          <div
            role="separator"
            aria-label="Width of the list"
            aria-orientation="vertical"
            aria-valuenow={Math.round(share)}
            aria-valuemin={NARROWEST}
            aria-valuemax={WIDEST}
            tabIndex={0}
            onKeyDown={nudge}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag}
            className="relative cursor-col-resize bg-line before:absolute before:inset-y-0 before:-left-1 before:w-2.5 hover:bg-accent focus-visible:bg-accent"
          />
          <div className="@container flex min-h-0 min-w-0 flex-col">{detail}</div>
        </>
      )}
    </div>
  )
}
