import { Replay, type ReplayProgress, ReplaySelection } from '#shared/model/replay.ts'
import type { Place } from '../cursor.ts'

/** A replay as it is stored: its parts as JSON. `forgotten` counts its deliveries that were deleted with their events. */
export type ReplayRow = Omit<Replay, 'selection' | 'target' | 'leftOut' | 'resign' | 'isCounted'> & {
  selection: string
  target: string
  leftOut: string
  resign: number
  isCounted: number
  forgotten: number
} & Pick<Place, 'key'>

export const REPLAY_COLUMNS = `
  r.id, (SELECT id FROM projects WHERE key = r.project_key) AS projectId, r.actor, r.selection, r.target, r.resign,
  r.edited_event_id AS editedEventId, r.rate_per_second AS ratePerSecond, r.state, r.is_counted AS isCounted, r.total,
  r.made, r.forgotten, r.left_out AS leftOut, r.created_at AS createdAt, r.finished_at AS finishedAt, r.key`

const Head = Replay.omit({ selection: true })
/** What a replay selects may be a thousand ids, and each of its steps reads it anew. */
const selections = new Map<string, ReplaySelection>()
const MOST_SELECTIONS = 32

function selectionOf(text: string): ReplaySelection {
  const known = selections.get(text)
  if (known) return known
  const selection = ReplaySelection.parse(JSON.parse(text))
  if (selections.size >= MOST_SELECTIONS) selections.delete(selections.keys().next().value!)
  selections.set(text, selection)
  return selection
}

export function toReplay({ forgotten: _forgotten, key: _key, selection, ...row }: ReplayRow): Replay {
  const head = Head.parse({
    ...row,
    target: JSON.parse(row.target),
    leftOut: JSON.parse(row.leftOut),
    resign: row.resign === 1,
    isCounted: row.isCounted === 1,
  })
  return { ...head, selection: selectionOf(selection) }
}

/** How its deliveries stand, by state, but for those that arrived: they are the rest, however many. */
export interface StandingCounts {
  waiting: number
  held: number
  failed: number
  canceled: number
  simulated: number
}

export function progressOf(
  { total, made, forgotten, state }: Pick<ReplayRow, 'total' | 'made' | 'forgotten' | 'state'>,
  counts: StandingCounts,
): ReplayProgress {
  const { waiting, held, failed, canceled, simulated } = counts
  const succeeded = Math.max(0, made - forgotten - waiting - failed - canceled - simulated)
  return {
    total,
    done: Math.max(0, made - waiting),
    succeeded,
    failed,
    canceled,
    simulated,
    waiting,
    held,
    state: state === 'finished' && waiting > 0 ? 'running' : state,
  }
}
