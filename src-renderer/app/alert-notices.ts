import type { FeedItem } from '#shared/contract/feed.ts'
import { measuredWords } from '../features/alerts/alert-words.ts'
import { showDone, showTrouble } from '../ui/feedback/toast.tsx'
import { router } from './router.tsx'

/** Tells of alerts as they are raised and resolved, wherever the person is. */
export function noticeAlerts(items: readonly FeedItem[]): void {
  for (const item of items) {
    if (item.type !== 'alert.raised' && item.type !== 'alert.resolved') continue
    const { ruleId, name, kind } = item.alert
    const show = { label: 'Show', run: () => void router.navigate({ to: '/alerts/$ruleId', params: { ruleId } }) }
    if (item.type === 'alert.resolved') showDone(`Alert resolved: ${name}.`, show)
    else showTrouble(`Alert raised: ${name} (${measuredWords(kind, item.alert)}).`, show)
  }
}
