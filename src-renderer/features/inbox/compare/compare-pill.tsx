import { GitCompareArrows, X } from 'lucide-react'
import { compareMark } from '../../../platform/compare-mark.ts'
import { useObservable } from '../../../platform/browser/observable.ts'

/** Which event waits for another one to be compared with. */
export function ComparePill() {
  const marked = useObservable(compareMark)
  if (marked === null) return null
  return (
    <span className="flex shrink-0 items-center gap-1.5 rounded bg-accent-soft py-0.5 pr-1 pl-1.5 text-small text-accent">
      <GitCompareArrows aria-hidden="true" size={12} />
      <span className="max-w-56 truncate" title="Press d on another event">
        compare {marked.title} with …
      </span>
      <button
        type="button"
        aria-label="Let go of the event to compare"
        className="rounded hover:bg-accent-soft"
        onClick={() => compareMark.set(null)}
      >
        <X size={12} />
      </button>
    </span>
  )
}
