import { headToText } from '#shared/model/audit.ts'
import type { Clock, Log } from '../ports.ts'
import type { AuditStore } from './audit-store.ts'
import { chained } from './chain.ts'
import { Draft, draftOf, rowOf, SYSTEM_ACTOR } from './draft.ts'

export interface SettleIntentsDeps {
  store: AuditStore
  clock: Pick<Clock, 'now'>
  log: Log
}

/** Puts on record what an earlier run began and did not end, and tells the log where the chain ends: a witness outside. */
export async function settleIntents({ store, clock, log }: SettleIntentsDeps): Promise<void> {
  for (const { key, draft } of await store.intents()) {
    const row = rowOf(readDraft(draft), { outcome: 'interrupted' }, clock.now())
    await store.append({ link: (head) => chained(row, head), settles: key })
  }
  const head = await store.head()
  if (head) log.info('The audit log goes on', { head: headToText(head) })
}

function readDraft(text: string): Draft {
  try {
    const read = Draft.safeParse(JSON.parse(text))
    if (read.success) return read.data
  } catch {
    // Falls through: it is no JSON.
  }
  return draftOf({ actor: SYSTEM_ACTOR, action: 'audit.unreadable_intent' })
}
