import { parseFilter } from '#shared/model/filter/language/parse-filter.ts'
import type { FilterSubject } from '#shared/model/filter/language/filter-term.ts'

/** The same letters as the input over them, with each token marked: what is named, and what cannot be read. */
export function FilterMarks({
  text,
  subject,
  trouble,
  shiftPx,
}: {
  text: string
  subject: FilterSubject
  trouble: { start: number; end: number } | null
  /** How far the input is scrolled. */
  shiftPx: number
}) {
  const { tokens } = parseFilter(text, subject, 'local')
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-hidden">
      <div className="leading-7 whitespace-pre" style={{ transform: `translateX(${-shiftPx}px)` }}>
        {tokens.map(({ start, written, term }, index) => (
          <span key={start}>
            {text.slice(tokens[index - 1]?.end ?? 0, start)}
            <span className={lookOf(term?.kind, start === trouble?.start)}>{written}</span>
          </span>
        ))}
      </div>
    </div>
  )
}

function lookOf(kind: string | undefined, isTrouble: boolean): string {
  if (isTrouble) return 'text-fail underline decoration-fail decoration-wavy underline-offset-4'
  // A shadow in place of padding: the letters must stand where the input has them.
  return kind === undefined || kind === 'text'
    ? ''
    : 'rounded-sm bg-accent-soft text-accent shadow-[0_0_0_2px_var(--accent-soft)]'
}
