import type { FieldChangeView } from '#shared/contract/operations/snapshots.ts'

/** What differs, field by field: before struck through, after beside it. */
export function FieldChanges({ changes }: { changes: readonly FieldChangeView[] }) {
  if (changes.length === 0) return <p className="text-muted">Nothing differs.</p>
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-small">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="contents">
          <dt className="text-muted">{field}</dt>
          <dd className="mono break-words">
            <del className="text-fail">{valueWords(before)}</del>
            <span className="text-faint"> → </span>
            <ins className="text-ok no-underline">{valueWords(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}

const LONGEST = 160

function valueWords(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
