import type { Session } from '../../platform/api/session.ts'

/** What the list shows, as it stands in the address. */
export interface ActivityFilter {
  action?: string | undefined
  actor?: string | undefined
  target?: string | undefined
  outcome?: string | undefined
  project?: string | undefined
  /** Instants in ISO 8601; the second is exclusive. */
  since?: string | undefined
  until?: string | undefined
}

export const NAMED = ['action', 'actor', 'target', 'outcome', 'project', 'since', 'until'] as const
type Named = (typeof NAMED)[number]
const OUTCOMES = ['done', 'refused', 'failed', 'interrupted'] as const
/** How often a list that shows its first page alone looks for more. */
const LOOK_AGAIN_MS = 4_000

const WORD = /^(action|actor|target|outcome|project|since|until):(?:"([^"]+)"|(\S+))$/

/** `actor:ci`, `target:"Order service"`; a word of no name is an action where it looks like one, else a target. */
export function readWord(text: string): ActivityFilter {
  const trimmed = text.trim()
  if (trimmed === '') return {}
  const [, name, quoted, plain] = WORD.exec(trimmed) ?? []
  if (name !== undefined) return { [name as Named]: quoted ?? plain }
  return /^[a-z_]+\.(?:[a-z_]+|\*)$/.test(trimmed) ? { action: trimmed } : { target: trimmed }
}

/** Any time that is written out, such as `2026-11-25` or `2026-11-25T10:02`, in the local zone unless it names one. */
function instantOf(value: string | undefined): string | undefined {
  const at = Date.parse(value?.includes('T') === false ? `${value}T00:00` : (value ?? ''))
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}

/** The filter as the API takes it; empty parts left out, so that one filter is one key. */
export function toQuery({ action, actor, target, outcome, project, since, until }: ActivityFilter) {
  const known = OUTCOMES.find((each) => each === outcome)
  const [from, to] = [instantOf(since), instantOf(until)]
  return {
    ...(action !== undefined && { action }),
    ...(actor !== undefined && { actor }),
    ...(target !== undefined && { target }),
    ...(project !== undefined && { project }),
    ...(known !== undefined && { outcome: known }),
    ...(from !== undefined && { since: from }),
    ...(to !== undefined && { until: to }),
  }
}

export function isFiltered(filter: ActivityFilter): boolean {
  return Object.keys(toQuery(filter)).length > 0
}

export function activityOptions(api: Session['api'], filter: ActivityFilter) {
  return api.audit.list.infiniteOptions({
    input: (cursor: string | undefined) => ({
      ...toQuery(filter),
      limit: 100,
      ...(cursor !== undefined && { cursor }),
    }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchOnMount: 'always',
    // The feed carries no entries: they are many hands' work, and few.
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : LOOK_AGAIN_MS),
    select: (data) => data.pages.flatMap((page) => page.items.map((entry) => ({ ...entry, id: String(entry.number) }))),
  })
}
