import type { ProofRow } from './proof-rows.ts'

/** The headers and fields that the signature consists of, and what stands there. */
export function ProofTable({ rows, sender }: { rows: readonly ProofRow[]; sender: string }) {
  if (rows.length === 0) return null
  return (
    <section className="flex flex-col gap-1.5">
      <h2 className="text-small font-medium">Where {sender} puts its signature</h2>
      <table aria-label="Parts of the signature" className="w-full table-fixed border-collapse">
        <colgroup>
          <col className="w-[32%]" />
          <col className="w-[16%]" />
          <col />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th>Place</th>
            <th>Carries</th>
            <th>Value</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ in: place, name, carries, values }) => (
            <tr key={`${place} ${name}`} className="border-b border-line/55 align-top">
              <td className="mono py-1 pr-3 break-words">{name}</td>
              <td className="py-1 pr-3 text-muted">{carries.join(', ')}</td>
              <td className="mono py-1 break-words">
                <Values values={values} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Values({ values }: { values: readonly string[] | null }) {
  if (values === null) return <span className="font-sans text-muted">in the body</span>
  if (values.length === 0) return <span className="font-sans text-fail">missing</span>
  return values.map((value, index) => (
    <p key={index}>
      {values.length > 1 && (
        <span className="mr-2 font-sans text-fail">
          {index + 1} of {values.length}
        </span>
      )}
      {value}
    </p>
  ))
}
