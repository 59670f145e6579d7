import type { AlertRuleView } from '#shared/contract/alerts/alerts.ts'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { relativeTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'
import { ListHeader } from '../../ui/layout/list-header.tsx'
import { conditionWords, KIND_WORDS, ruleLook } from './alert-words.ts'

const COLUMNS =
  'grid-cols-[138px_minmax(0,1fr)_minmax(0,1fr)_90px] @max-lg:grid-cols-[138px_minmax(0,1fr)_minmax(0,1fr)]'

export function RuleListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span>state</span>
      <span>name</span>
      <span>condition</span>
      <span className="text-right @max-lg:hidden">since</span>
    </ListHeader>
  )
}

export function RuleRow({ rule }: { rule: AlertRuleView }) {
  const nowAt = useNow()
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
      <StateMark look={ruleLook(rule)} />
      <span className="truncate">{rule.name}</span>
      <span className="truncate text-muted">
        {KIND_WORDS[rule.kind].name} {conditionWords(rule)}
      </span>
      <span className="truncate text-right text-muted @max-lg:hidden">{relativeTime(rule.stateSince, nowAt)}</span>
    </div>
  )
}
