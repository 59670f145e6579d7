import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { AuditEntryView } from '#shared/contract/audit/audit.ts'
import { useApi } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { CopyButton } from '../../ui/controls/copy-button.tsx'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { fullTime } from '../../ui/format/time.ts'
import { Chip, DetailPane } from '../../ui/layout/detail-pane.tsx'
import type { ActivityFilter } from './activity-filter.ts'
import { OUTCOME_LOOKS, OUTCOME_WORDS } from './outcome-words.ts'

export interface EntryDetailPaneProps {
  entry: AuditEntryView
  onClose: () => void
  onNarrow: (filter: ActivityFilter) => void
}

export function EntryDetailPane({ entry, onClose, onNarrow }: EntryDetailPaneProps) {
  const { number, at, outcome, action, actorName, targetId, targetName } = entry
  const target = targetId ?? targetName
  return (
    <DetailPane
      title={action}
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => onNarrow({ actor: entry.keyId ?? actorName })}>Only by {actorName}</Button>
          {target !== null && <Button onClick={() => onNarrow({ target })}>Only of this</Button>}
        </>
      }
      chips={
        <>
          <Chip>
            <StateMark look={OUTCOME_LOOKS[outcome]} />
          </Chip>
          <Chip>entry {number}</Chip>
          <span>{fullTime(at)}</span>
        </>
      }
    >
      <div className="flex min-h-0 grow flex-col gap-5 overflow-y-auto px-4 py-3">
        <p>
          {OUTCOME_WORDS[outcome]} {entry.code !== null && <code className="mono text-muted">{entry.code}</code>}
        </p>
        <Facts entry={entry} />
        <Changes entry={entry} />
        <Chain entry={entry} />
      </div>
    </DetailPane>
  )
}

const KINDS: Record<AuditEntryView['actorKind'], string> = {
  owner: 'the owner of this installation',
  key: 'with an API key',
  system: 'Hookloop itself',
}

function Facts({ entry }: { entry: AuditEntryView }) {
  const projects = useQuery(useApi().projects.list.queryOptions()).data?.items
  const { actorName, actorKind, keyId, address, projectId, targetId, targetName, detail } = entry
  const project = projects?.find(({ id }) => id === projectId)?.name ?? projectId
  return (
    <Section title="Who and what">
      <dl className="grid grid-cols-[90px_minmax(0,1fr)] gap-x-4 gap-y-1">
        <Fact name="Who">
          {actorName} <span className="text-muted">({KINDS[actorKind]})</span>
        </Fact>
        {keyId !== null && <Fact name="Key" mono={keyId} />}
        <Fact name="From">{address ?? (actorKind === 'system' ? 'inside' : 'the window of this machine')}</Fact>
        <Fact name="Project">{project ?? 'none: the whole installation'}</Fact>
        {targetName !== null && <Fact name="Name">{targetName}</Fact>}
        {targetId !== null && <Fact name="Id" mono={targetId} />}
        {Object.entries(detail.facts).map(([name, value]) => (
          <Fact key={name} name={name}>
            {String(value)}
          </Fact>
        ))}
      </dl>
    </Section>
  )
}

function Fact({ name, mono, children }: { name: string; mono?: string; children?: ReactNode }) {
  return (
    <div className="contents">
      <dt className="truncate text-muted" title={name}>
        {name}
      </dt>
      <dd className="flex min-w-0 items-center gap-1.5 break-words">
        {mono === undefined ? (
          <span className="min-w-0">{children}</span>
        ) : (
          <>
            <span className="mono truncate">{mono}</span>
            <CopyButton iconOnly text={mono} label={`Copy the ${name.toLowerCase()}`} />
          </>
        )}
      </dd>
    </div>
  )
}

/** Values of harmless fields; of the rest only that they changed. */
function Changes({ entry }: { entry: AuditEntryView }) {
  const { changes } = entry.detail
  if (changes.length === 0) return null
  return (
    <Section title="Fields">
      <table className="w-full table-fixed text-left">
        <thead className="text-mini text-faint">
          <tr>
            <th className="w-1/3 py-1 font-normal">field</th>
            <th className="py-1 font-normal">before</th>
            <th className="py-1 font-normal">after</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.field} className="border-t border-line/55 align-top">
              <td className="mono truncate py-1 pr-3" title={change.field}>
                {change.field}
              </td>
              {'before' in change || 'after' in change ? (
                <>
                  <Value value={change.before} />
                  <Value value={change.after} />
                </>
              ) : (
                <td colSpan={2} className="py-1 text-muted">
                  changed; its value is not kept
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function Value({ value }: { value: unknown }) {
  if (value === undefined || value === null) return <td className="py-1 text-faint">–</td>
  return <td className="mono py-1 pr-2 break-words">{typeof value === 'string' ? value : JSON.stringify(value)}</td>
}

function Chain({ entry }: { entry: AuditEntryView }) {
  return (
    <Section title="In the chain">
      <dl className="grid grid-cols-[90px_minmax(0,1fr)] gap-x-4 gap-y-1">
        <Fact name="Hash" mono={entry.hash} />
        <Fact name="Before it" mono={entry.previousHash} />
      </dl>
    </Section>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-1.5">
      <h2 className="text-small font-medium text-muted">{title}</h2>
      {children}
    </section>
  )
}
