import type { Database } from 'better-sqlite3'
import type { EventRecord } from '#shared/model/event.ts'
import type { EventVerdict } from '#shared/model/findings.ts'
import type { Arrival, Repeat } from '#main/engine/ports.ts'

export interface Arrivals {
  /** Counts one more repeat of the message that the event brings; null where none brought it before. */
  countRepeat(event: EventRecord, message: Arrival['message']): Repeat | null
  /** Keeps what was found about an event that is stored. */
  keep(event: EventRecord, kept: Arrival & { eventKey: number; repeatOf: Repeat | null }): void
}

const COUNT_REPEAT = `
  UPDATE messages SET repeats = repeats + 1
  WHERE source_key = (SELECT key FROM sources WHERE id = @sourceId) AND message_id = @messageId AND type = @type
    AND standing = 'first'
  RETURNING (SELECT id FROM events WHERE key = event_key) AS eventId, repeats`

const KEEP_MESSAGE = `
  INSERT INTO messages (event_key, source_key, message_id, type, standing, first_key, repeats)
  VALUES (@eventKey, (SELECT key FROM sources WHERE id = @sourceId), @messageId, @type, @standing,
    (SELECT key FROM events WHERE id = @firstId), 0)`

const KEEP_VERDICT = `
  INSERT INTO verdicts (event_key, project_key, received_at, provider, verdict, reason, skew_seconds)
  VALUES (@eventKey, (SELECT key FROM projects WHERE id = @projectId), @receivedAt, @provider, @verdict, @reason,
    @skewSeconds)`

interface MessageName {
  sourceId: string | null
  messageId: string
  type: string
}

type MessageRow = MessageName & { eventKey: number; standing: string; firstId: string | null }
type VerdictRow = Required<EventVerdict> & { eventKey: number; projectId: string; receivedAt: number }

export function prepareArrivals(db: Database): Arrivals {
  const countRepeat = db.prepare<MessageName, Repeat>(COUNT_REPEAT)
  const keepMessage = db.prepare<MessageRow>(KEEP_MESSAGE)
  const keepVerdict = db.prepare<Omit<VerdictRow, 'skewSeconds'> & { skewSeconds: number | null }>(KEEP_VERDICT)

  return {
    countRepeat({ sourceId, type }, message) {
      if (!message || message.repeat === 'unproven') return null
      return countRepeat.get({ sourceId, messageId: message.id, type }) ?? null
    },

    keep({ sourceId, projectId, receivedAt, type }, { eventKey, verdict, message, repeatOf }) {
      if (verdict) keepVerdict.run({ skewSeconds: null, ...verdict, eventKey, projectId, receivedAt })
      if (!message) return
      const standing = message.repeat === 'unproven' ? 'unproven' : repeatOf ? 'duplicate' : 'first'
      keepMessage.run({ eventKey, sourceId, messageId: message.id, type, standing, firstId: repeatOf?.eventId ?? null })
    },
  }
}
