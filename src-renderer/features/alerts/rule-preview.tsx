import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { AlertPreviewView } from '#shared/contract/alerts/alerts.ts'
import { describeError } from '../../platform/api/refusal.ts'
import { useApi } from '../../platform/api/session.ts'
import { measuredWords, sampleUnit } from './alert-words.ts'
import { conditionOf, type RuleDraft } from './rule-draft.ts'

const EVERY_MS = 5_000

const VERDICTS: Readonly<Record<AlertPreviewView['verdict'], { words: string; tone: string; box: string }>> = {
  would_raise: { words: 'It would be raised.', tone: 'text-fail', box: 'border-fail bg-fail/9' },
  would_not_raise: { words: 'It would not be raised.', tone: 'text-ok', box: 'border-ok bg-ok/9' },
  insufficient_data: { words: 'Insufficient data.', tone: 'text-muted', box: 'border-line bg-panel' },
}

/** What the condition says at this moment, before it is saved. */
export function RulePreview({ draft }: { draft: RuleDraft }) {
  const condition = conditionOf(draft)
  const api = useApi()
  const preview = useQuery({
    ...api.alerts.preview.queryOptions({
      input: {
        kind: draft.kind,
        threshold: condition?.threshold ?? 0,
        windowMinutes: condition?.windowMinutes ?? 1,
        minSample: condition?.minSample ?? 1,
        endpointId: draft.endpointId === '' ? null : draft.endpointId,
      },
      placeholderData: keepPreviousData,
      refetchInterval: EVERY_MS,
    }),
    enabled: condition !== null,
  })
  return (
    <section aria-label="What it says now" aria-live="polite" className="min-h-10">
      {condition === null ? (
        <p className="text-muted">Fill in the figures to see what the condition says now.</p>
      ) : preview.error !== null ? (
        <p className="text-muted">{describeError(preview.error)}</p>
      ) : preview.data === undefined ? (
        <p className="text-muted">Looking…</p>
      ) : (
        <Said draft={draft} preview={preview.data} minSample={condition.minSample} />
      )}
    </section>
  )
}

function Said({ draft, preview, minSample }: { draft: RuleDraft; preview: AlertPreviewView; minSample: number }) {
  const { words, tone, box } = VERDICTS[preview.verdict]
  return (
    <p className={`rounded-r border-l-2 px-2.5 py-1.5 ${box}`}>
      Now: {measuredWords(draft.kind, preview)}. <b className={`font-semibold ${tone}`}>{words}</b>
      {preview.verdict === 'insufficient_data' && ` It needs ${sampleUnit(draft.kind, minSample)}.`}
    </p>
  )
}
