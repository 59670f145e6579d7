import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlertRuleView } from '#shared/contract/alerts/alerts.ts'
import { fieldErrors } from '../../platform/api/refusal.ts'
import { useSession } from '../../platform/api/session.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { Button } from '../../ui/controls/button.tsx'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { Confirm } from '../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { fullTime } from '../../ui/format/time.ts'
import { Chip, DetailPane } from '../../ui/layout/detail-pane.tsx'
import { PaneForm } from '../../ui/layout/pane-form.tsx'
import { AlertHistory } from './alert-history.tsx'
import { ruleLook } from './alert-words.ts'
import { draftOf, EMPTY_DRAFT, RULE_FIELDS, toInput } from './rule-draft.ts'
import { RuleFields } from './rule-fields.tsx'

/** A rule that is there: how it stands, its settings, and what it raised. */
export function RulePane({ rule, onClose }: { rule: AlertRuleView; onClose: () => void }) {
  const { api, queries } = useSession()
  const saved = draftOf(rule)
  const [draft, setDraft] = useState(saved)
  const [isDeleting, setDeleting] = useState(false)
  const refresh = () => queries.invalidateQueries({ queryKey: api.alerts.key() })
  const update = useMutation(
    api.alerts.update.mutationOptions({
      onSuccess: async (updated) => {
        await refresh()
        setDraft(draftOf(updated))
        showDone('Saved.')
      },
    }),
  )
  const remove = useMutation(
    api.alerts.delete.mutationOptions({
      onSuccess: async () => {
        onClose()
        showDone(`Deleted ${rule.name}. What it raised stays in the history.`)
        await refresh()
      },
      onError: showError,
    }),
  )
  const { errorOf, general } = fieldErrors(update.error, RULE_FIELDS)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved)
  return (
    <DetailPane
      title={rule.name}
      id={rule.id}
      onClose={onClose}
      actions={
        <ActionButton action="alert.delete" look="danger" onAct={() => setDeleting(true)}>
          Delete…
        </ActionButton>
      }
      chips={
        <>
          <Chip>
            <StateMark look={ruleLook(rule)} />
          </Chip>
          <span>since {fullTime(rule.stateSince)}</span>
        </>
      }
    >
      <PaneForm
        general={general}
        onSubmit={() => update.mutate({ id: rule.id, ...toInput(draft) })}
        actions={
          isChanged && (
            <>
              <Button onClick={() => setDraft(saved)}>Discard changes</Button>
              <Button type="submit" look="primary" disabled={update.isPending}>
                Save
              </Button>
            </>
          )
        }
      >
        <RuleFields draft={draft} errorOf={errorOf} onChange={(change) => setDraft((old) => ({ ...old, ...change }))} />
        <section aria-label="History of this alert" className="-mx-4 border-t border-line pt-2">
          <h2 className="px-3 pb-1 font-medium">History</h2>
          <AlertHistory ruleId={rule.id} />
        </section>
      </PaneForm>
      {isDeleting && (
        <Confirm
          title={`Delete ${rule.name}?`}
          action="Delete alert"
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate({ id: rule.id })}
          onClose={() => setDeleting(false)}
        >
          <p>Nobody is told of this condition any more. What it raised stays in the history.</p>
          <p className="text-muted">To silence it for a while, turn it off instead.</p>
        </Confirm>
      )}
    </DetailPane>
  )
}

export function NewRule({ onCreated, onClose }: { onCreated: (id: string) => void; onClose: () => void }) {
  const { api, queries } = useSession()
  const [draft, setDraft] = useState(EMPTY_DRAFT)
  const create = useMutation(
    api.alerts.create.mutationOptions({
      onSuccess: async (created) => {
        await queries.invalidateQueries({ queryKey: api.alerts.key() })
        onCreated(created.id)
      },
    }),
  )
  const { errorOf, general } = fieldErrors(create.error, RULE_FIELDS)
  return (
    <DetailPane title="New alert" onClose={onClose}>
      <PaneForm
        general={general}
        onSubmit={() => create.mutate(toInput(draft))}
        actions={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" disabled={create.isPending}>
              Create alert
            </Button>
          </>
        }
      >
        <RuleFields draft={draft} errorOf={errorOf} onChange={(change) => setDraft((old) => ({ ...old, ...change }))} />
      </PaneForm>
    </DetailPane>
  )
}
