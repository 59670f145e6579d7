import { type HeaderList, headerValues } from '#shared/model/header.ts'
import { CopyButton } from '../controls/copy-button.tsx'

/** Names and values in order, duplicates and casing kept, each with its own copy button. */
export function PairsTable({
  label,
  pairs,
  markName,
}: {
  label: string
  pairs: readonly (readonly [string, string])[]
  /** A word beside the name, such as `signature`. */
  markName?: (name: string) => string | null
}) {
  return (
    <table aria-label={label} className="mono w-full table-fixed border-collapse">
      <colgroup>
        <col className="w-[36%]" />
        <col />
        <col className="w-10" />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th>Name</th>
          <th>Value</th>
          <th>Copy</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(([name, value], index) => {
          const mark = markName?.(name) ?? null
          return (
            <tr key={index} className="group border-b border-line/55 align-top">
              <td className="py-1 pr-3 pl-4 break-words text-muted">
                {name}{' '}
                {mark !== null && (
                  <span className="rounded border border-accent/50 px-1 font-sans text-mini text-accent">{mark}</span>
                )}
              </td>
              <td className="py-1 break-words whitespace-pre-wrap">{value}</td>
              <td className="pr-2 text-right opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
                <CopyButton iconOnly text={value} label={`Copy the value of ${name}`} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const SIGNATURE_NAMES = /signature|^webhook-(?:id|timestamp)$|-hmac-|-timestamp$/i

/** Marks the headers that a receiver checks, and those that stand more than once. */
export function headerMark(name: string, headers: HeaderList): string | null {
  const times = headerValues(headers, name).length
  const marks = [SIGNATURE_NAMES.test(name) && 'signature', times > 1 && `one of ${times}`]
  return marks.filter((mark) => mark !== false).join(' · ') || null
}
