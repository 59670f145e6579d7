import type { Retention } from '#shared/model/retention.ts'

const MEGABYTE = 1_000_000

/** A rule as a person types it; empty for no limit. */
export interface RetentionDraft {
  ageDays: string
  events: string
  megabytes: string
  undelivered: Retention['undelivered']
}

export function toDraft({ ageDays, events, bytes, undelivered }: Retention): RetentionDraft {
  const text = (value: number | null): string => (value === null ? '' : String(value))
  return {
    ageDays: text(ageDays),
    events: text(events),
    megabytes: text(bytes === null ? null : bytes / MEGABYTE),
    undelivered,
  }
}

/** What is no number stays one that the engine refuses by name. */
export function toRule({ ageDays, events, megabytes, undelivered }: RetentionDraft): Retention {
  const number = (text: string): number | null => (text.trim() === '' ? null : Number(text))
  const size = number(megabytes)
  return {
    ageDays: number(ageDays),
    events: number(events),
    bytes: size === null ? null : Math.round(size * MEGABYTE),
    undelivered,
  }
}
