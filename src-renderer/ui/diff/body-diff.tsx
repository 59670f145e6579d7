import { useState } from 'react'
import { Choice } from '../controls/choice.tsx'
import { SkeletonRows } from '../feedback/states.tsx'
import { formatBytes } from '../format/size.ts'
import { Note } from '../payload/note.tsx'
import { COMPARED_BYTES, type BodyComparison, type ComparedBody } from './values/compare-bodies.ts'
import { FieldDiffView } from './field-diff-view.tsx'
import { LineDiffView } from './line-diff-view.tsx'
import { useBodyComparison } from './use-body-comparison.ts'

const VIEWS = [
  { value: 'fields', label: 'Fields' },
  { value: 'lines', label: 'Lines' },
] as const

type View = (typeof VIEWS)[number]['value']

/** What differs between two bodies: field by field where both are JSON, and line by line. */
export function BodyDiff({
  left,
  right,
  titles,
}: {
  left: ComparedBody
  right: ComparedBody
  /** What the two sides are. */
  titles: readonly [left: string, right: string]
}) {
  const comparison = useBodyComparison(left, right)
  if (comparison === null) return <SkeletonRows rows={6} />
  if (comparison.kind === 'same')
    return (
      <p className="px-4 py-3 text-muted">The bodies are the same, byte for byte ({formatBytes(left.bytes.length)}).</p>
    )
  if (comparison.kind === 'bytes') return <BytesWords left={left} right={right} offset={comparison.offset} />
  return <TextDiff comparison={comparison} titles={titles} />
}

function TextDiff({
  comparison,
  titles,
}: {
  comparison: Extract<BodyComparison, { kind: 'text' }>
  titles: readonly [left: string, right: string]
}) {
  const { lines, fields, moreFields, isCut } = comparison
  const [chosen, setChosen] = useState<View>('fields')
  const tools = fields !== null && <Choice label="Compare by" value={chosen} options={VIEWS} onChange={setChosen} />
  return (
    <>
      {isCut && <Note>{`The first ${formatBytes(COMPARED_BYTES)} of each are compared, as text.`}</Note>}
      {!lines.isMatched && (
        <Note>
          The texts differ too much to be matched line by line: what lies between their common ends stands side by side.
        </Note>
      )}
      {fields?.length === 0 && (
        <Note>The values are the same. Only how they are written differs: spaces, escapes, or the order of keys.</Note>
      )}
      {moreFields && <Note>Many fields differ; the first of them are listed.</Note>}
      {fields !== null && fields.length > 0 && chosen === 'fields' ? (
        <FieldDiffView label="Fields that differ" changes={fields} titles={titles} tools={tools} />
      ) : (
        <LineDiffView diff={lines} label="Lines beside each other" tools={fields?.length === 0 ? null : tools} />
      )}
    </>
  )
}

function BytesWords({ left, right, offset }: { left: ComparedBody; right: ComparedBody; offset: number | null }) {
  return (
    <p className="px-4 py-3 text-muted">
      At least one of the bodies is no text. They have {formatBytes(left.bytes.length)} and{' '}
      {formatBytes(right.bytes.length)};{' '}
      {offset === null ? 'one is the beginning of the other.' : `they part at byte ${offset.toLocaleString('en-US')}.`}
    </p>
  )
}
