import { useMemo } from 'react'
import { formFields } from './body-kind.ts'
import { Note } from './note.tsx'
import { PairsTable } from './pairs-table.tsx'

const MOST_FIELDS = 1_000
/** More text than this many fields have. */
const READ_CHARACTERS = 1_000_000

/** The fields of a form in their order, decoded. */
export function FormView({ text, label }: { text: string; label: string }) {
  const fields = useMemo(() => formFields(text.slice(0, READ_CHARACTERS)), [text])
  const isCut = fields.length > MOST_FIELDS || text.length > READ_CHARACTERS
  return (
    <>
      {isCut && (
        <Note>{`The first ${Math.min(fields.length, MOST_FIELDS)} fields. Download the body to see them all.`}</Note>
      )}
      <div className="min-h-0 grow overflow-y-auto">
        <PairsTable label={label} pairs={fields.slice(0, MOST_FIELDS)} />
      </div>
    </>
  )
}
