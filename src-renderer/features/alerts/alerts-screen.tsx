import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useNavigateUnlessLeft } from '../../platform/browser/navigate-unless-left.ts'
import { useApi } from '../../platform/api/session.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { Button } from '../../ui/controls/button.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { plural } from '../../ui/format/size.ts'
import { Bar } from '../../ui/layout/bar.tsx'
import { RowList } from '../../ui/layout/row-list.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useCursor } from '../../ui/layout/use-cursor.ts'
import { AlertHistory } from './alert-history.tsx'
import { NewRule, RulePane } from './rule-pane.tsx'
import { RuleListHeader, RuleRow } from './rule-row.tsx'

const NEW = 'new'

export function AlertsScreen() {
  const navigate = useNavigateUnlessLeft()
  const { ruleId = null } = useParams({ strict: false })
  const list = useQuery(useApi().alerts.list.queryOptions({ input: {} }))
  const items = list.data?.items ?? []
  const raised = items.filter(({ state, enabled }) => enabled && state === 'raised').length
  const [cursorId, setCursorId] = useCursor(ruleId)
  const open = (id: string, replace = false): void =>
    void navigate({ to: '/alerts/$ruleId', params: { ruleId: id }, replace })
  const close = (): void => void navigate({ to: '/alerts' })
  useActions({ 'list.close': close, 'list.new': () => open(NEW) })
  const opened = items.find(({ id }) => id === ruleId)

  return (
    <>
      <Bar label="Alerts">
        <span className="text-muted">{items.length > 0 && plural(items.length, 'alert')}</span>
        {raised > 0 && <span className="text-fail">{raised} raised</span>}
        <span className="grow" />
        <Button look="primary" onClick={() => open(NEW)}>
          <Plus size={13} /> New alert
        </Button>
      </Bar>
      <SplitPane
        name="alerts"
        list={
          list.isPending ? (
            <SkeletonRows />
          ) : list.isError && list.data === undefined ? (
            <ErrorState title="The alerts could not be read" error={list.error} onRetry={() => void list.refetch()} />
          ) : items.length === 0 ? (
            <NoAlerts onCreate={() => open(NEW)} />
          ) : (
            <>
              <RowList
                label="Alerts"
                header={<RuleListHeader />}
                items={items}
                renderRow={(rule) => <RuleRow rule={rule} />}
                cursorId={cursorId}
                onCursor={(id) => {
                  setCursorId(id)
                  if (ruleId !== null) open(id, true)
                }}
                onOpen={(id) => open(id)}
              />
              <section
                aria-label="History"
                tabIndex={0}
                className="max-h-2/5 min-h-24 shrink-0 overflow-y-auto border-t border-line"
              >
                <h2 className="px-3 pt-2 pb-1 font-medium">History</h2>
                <AlertHistory ruleId={null} />
              </section>
            </>
          )
        }
        detail={
          ruleId === NEW ? (
            <NewRule onCreated={(id) => open(id)} onClose={close} />
          ) : opened === undefined ? null : (
            <RulePane key={opened.id} rule={opened} onClose={close} />
          )
        }
      />
    </>
  )
}

function NoAlerts({ onCreate }: { onCreate: () => void }) {
  return (
    <EmptyState title="No alert yet">
      <p className="text-muted">
        An alert looks at how deliveries go and says when that is worse than you want: a success rate, dead letters,
        retries, a backlog, timeouts. It shows here and in this window; it can also tell an endpoint of yours, such as a
        chat’s incoming webhook.
      </p>
      <p className="text-muted">
        A rate says nothing while its sample is too small, and an alert that was raised is resolved only once things are
        clearly better, so that it does not flap.
      </p>
      <Button look="primary" className="self-start" onClick={onCreate}>
        <Plus size={13} /> Create an alert
      </Button>
    </EmptyState>
  )
}
