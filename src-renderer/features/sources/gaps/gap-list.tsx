import { Link } from '@tanstack/react-router'
import type { GapReportView, GapView } from '#shared/contract/sources/gaps.ts'
import type { SourceView } from '#shared/contract/sources.ts'
import { fullTime } from '../../../ui/format/time.ts'
import { useNow } from '../../../ui/format/use-now.ts'
import { cutWords, explanations, gapTitle, missingWords, rhythmWords } from './gap-words.ts'

/** Each gap with what may explain it, and the one step to have the messages again. */
export function GapList({ source, report }: { source: SourceView; report: GapReportView }) {
  const notes = [cutWords(report), rhythmWords(report), ...report.unknown].filter((note) => note !== null)
  return (
    <div className="flex flex-col gap-2">
      {report.items.length > 0 && (
        <>
          <p className="border-l-2 border-accent bg-accent-soft px-2.5 py-1.5">
            <span className="font-medium">To have them sent again: </span>
            {report.resend}
          </p>
          <ul aria-label="Gaps" className="flex flex-col">
            {report.items.map((gap) => (
              <GapRow key={`${gap.since} ${gap.until} ${gap.missing?.first}`} source={source} gap={gap} />
            ))}
          </ul>
        </>
      )}
      {notes.map((note) => (
        <p key={note} className="text-small text-muted">
          {note}
        </p>
      ))}
    </div>
  )
}

function GapRow({ source, gap }: { source: SourceView; gap: GapView }) {
  const nowAt = useNow()
  const missing = missingWords(gap)
  // The filter takes what came before its end; the message after the gap is to be seen too.
  const until = new Date(Date.parse(gap.until) + 1).toISOString()
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 border-b border-line/55 py-1.5">
      <span title={`${fullTime(gap.since)} to ${fullTime(gap.until)}`}>{gapTitle(gap, nowAt)}</span>
      {missing !== null && <span className="text-fail">{missing}</span>}
      <Link
        to="/inbox"
        search={{ filter: `source:${source.slug} since:${gap.since} until:${until}` }}
        className="ml-auto rounded text-accent underline underline-offset-2"
      >
        Show in the Inbox
      </Link>
      {explanations(gap).map((words) => (
        <span key={words} className="basis-full text-small text-muted">
          {words}
        </span>
      ))}
    </li>
  )
}
