import { ALERT_EVENTS } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { Rate } from '#shared/model/rate.ts'
import { CALLBACK_FAILED } from '../delivery/failure-notification.ts'
import { secretNames } from '../delivery/request/secret-template.ts'
import { settingsOf } from '../integrations/fill-settings.ts'
import { integrationType } from '../integrations/integration-types.ts'
import type { LogEntry, OperationsStore } from '../ports.ts'
import type { StatsApi } from '../stats/endpoint-stats.ts'

const DAY_MS = 86_400_000
/** How many of the latest events are looked at for what a filter keeps back. */
const MOST_EVENTS = 10_000
/** What Hookloop tells goes to whom it was set up for, and passes no filter. */
const FOR_ONE_TARGET = [...ALERT_EVENTS, CALLBACK_FAILED]

export interface ConfigurationProblem {
  field: string
  message: string
}

/** Four answers, each by itself: what is set, whether it is reached, what is kept back, and how often it succeeds. */
export interface Health {
  configuration: { state: 'complete' | 'incomplete'; problems: readonly ConfigurationProblem[] }
  connectivity: { state: 'reached' | 'unreached' | 'unknown'; last: LogEntry | null }
  filterSuppression: {
    state: 'none' | 'some' | 'all' | 'insufficient_data'
    seen: number
    suppressed: number
    types: readonly { type: string; count: number }[]
    /** Unix ms. */
    since: number
  }
  /** Of the deliveries that ended in the last day. */
  successRate: Rate
  flagged: number
}

/** What keeps a configuration from working, with the field; `secrets` are the names that the endpoint has. */
export function configurationProblems(
  { version: { config } }: Pick<Endpoint, 'version'>,
  secrets: ReadonlySet<string>,
): readonly ConfigurationProblem[] {
  const { kind, settings, eventTypes, url, headers } = config
  const type = kind && integrationType(kind)
  const given = kind ? settingsOf(kind, settings) : {}
  const used = [url, ...headers.map(([, value]) => value)].flatMap(secretNames)
  const wanted = new Set([...used, ...(type?.secrets.map(({ name }) => name) ?? [])])
  return [
    ...(type?.settings ?? [])
      .filter(({ name, preset }) => preset === null && given[name] === undefined)
      .map(({ name, label }) => ({ field: `settings.${name}`, message: `The ${label} is missing.` })),
    ...[...wanted]
      .filter((name) => !secrets.has(name))
      .map((name) => ({ field: `secrets.${name}`, message: `The secret “${name}” is missing.` })),
    ...(eventTypes.length > 0
      ? []
      : [{ field: 'eventTypes', message: 'No event type is selected, so nothing is sent.' }]),
  ]
}

/** `now` is unix ms; figures are of the day before it, or since the endpoint was made. */
export async function healthOf(
  endpoint: Endpoint,
  secrets: ReadonlySet<string>,
  { store, stats, now }: { store: OperationsStore; stats: Pick<StatsApi, 'successRate'>; now: number },
): Promise<Health> {
  const { id: endpointId, projectId } = endpoint
  const since = Math.max(now - DAY_MS, endpoint.createdAt)
  const [last, successRate, suppression, flagged] = await Promise.all([
    store.lastSent(endpointId),
    stats.successRate(endpoint),
    store.suppression({ projectId, endpointId, since, most: MOST_EVENTS, without: FOR_ONE_TARGET }),
    store.countFlagged(endpointId),
  ])
  const problems = configurationProblems(endpoint, secrets)
  const suppressed = suppression.suppressed.reduce((sum, { count }) => sum + count, 0)
  return {
    configuration: { state: problems.length === 0 ? 'complete' : 'incomplete', problems },
    connectivity: { state: connectivityOf(last), last },
    filterSuppression: {
      state: suppressionState(suppression.seen, suppressed),
      seen: suppression.seen,
      suppressed,
      types: suppression.suppressed.slice(0, 10),
      since,
    },
    successRate,
    flagged,
  }
}

/** Any answer shows that there is a way, whatever its status. */
function connectivityOf(last: LogEntry | null): Health['connectivity']['state'] {
  if (last === null) return 'unknown'
  return last.status === null ? 'unreached' : 'reached'
}

function suppressionState(seen: number, suppressed: number): Health['filterSuppression']['state'] {
  if (seen === 0) return 'insufficient_data'
  if (suppressed === 0) return 'none'
  return suppressed === seen ? 'all' : 'some'
}
