import type { LinkView } from '#shared/contract/links/links.ts'
import type { SourceView } from '#shared/contract/sources.ts'
import { isScript } from '#shared/model/answer-script.ts'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { formatBytes } from '../../ui/format/size.ts'
import { formatSpan } from '../../ui/format/time.ts'
import { ListHeader } from '../../ui/layout/list-header.tsx'
import { LINK_LOOKS } from './links/link-words.ts'

const COLUMNS =
  'grid-cols-[minmax(80px,1fr)_minmax(0,2.4fr)_minmax(70px,1fr)_64px] @max-xl:grid-cols-[minmax(70px,1fr)_minmax(0,2fr)]'

/** More of a script's statuses do not fit a column. */
const SHOWN_STEPS = 4

export function answerWords({ answer }: Pick<SourceView, 'answer'>): string {
  if (isScript(answer)) {
    const statuses = answer.script.slice(0, SHOWN_STEPS).map(({ status }) => status)
    return answer.script.length > SHOWN_STEPS ? `${statuses.join(', ')}, …` : statuses.join(', ')
  }
  return answer.delayMs === 0 ? String(answer.status) : `${answer.status} after ${formatSpan(answer.delayMs)}`
}

export function SourceListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span>name</span>
      <span>capture address</span>
      <span className="@max-xl:hidden">answers</span>
      <span className="text-right @max-xl:hidden">limit</span>
    </ListHeader>
  )
}

export function SourceRow({ source, link }: { source: SourceView; link: LinkView | undefined }) {
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
      <span className="truncate">{source.name}</span>
      {link === undefined ? (
        <>
          <span className="mono truncate text-muted">{source.captureUrl}</span>
          <span className="truncate text-muted @max-xl:hidden">{answerWords(source)}</span>
          <span className="text-right text-muted @max-xl:hidden">{formatBytes(source.bodyLimitBytes)}</span>
        </>
      ) : (
        <span className="col-span-3 flex min-w-0 items-center gap-2 text-muted @max-xl:col-span-1">
          <StateMark look={LINK_LOOKS[link.state]} className="shrink-0" />
          <span className="truncate">
            from <span className="mono">{`${new URL(link.url).host}, ${link.remoteSource}`}</span>
          </span>
        </span>
      )}
    </div>
  )
}
