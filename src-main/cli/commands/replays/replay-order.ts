import { OutageReason } from '#shared/model/replay.ts'
import { instantOf, readFilterTime } from '#shared/model/filter/language/filter-time.ts'
import type { Api } from '../../connection.ts'
import { UsageError } from '../../exit.ts'

export interface ReplayOptions {
  filter?: string
  since?: string
  until?: string
  outage?: string
  reasons?: string[]
  endpoint?: string[]
  url?: string
  keepSignature?: true
  signAs?: string
  rate?: number
  dryRun?: true
  wait?: true
}

type Order = Parameters<Api['replays']['create']>[0]

/** What is asked for, as the API takes it; `now` in unix ms. Throws `UsageError` for what contradicts itself. */
export async function replayOrder(
  api: Api,
  { eventIds, options, now }: { eventIds: readonly string[]; options: ReplayOptions; now: number },
): Promise<Order> {
  const { endpoint: endpointIds, url, keepSignature, signAs, rate = null, dryRun = false } = options
  return {
    ...(await selectionOf(api, { eventIds, options, now })),
    endpointIds,
    url,
    resign: keepSignature !== true,
    signAs: signAs === undefined ? undefined : signerOf(signAs),
    ratePerSecond: rate,
    dryRun,
  }
}

async function selectionOf(
  api: Api,
  { eventIds, options, now }: { eventIds: readonly string[]; options: ReplayOptions; now: number },
): Promise<Pick<Order, 'eventIds' | 'filter' | 'outage'>> {
  const { filter, outage, reasons } = options
  const [since, until] = [timeOf('--since', options.since, now), timeOf('--until', options.until, now)]
  const isTimed = since !== undefined || until !== undefined
  if (outage !== undefined) {
    if (eventIds.length > 0 || filter !== undefined)
      throw new UsageError('--outage finds the events itself: leave out their ids and --filter.')
    return { outage: await outageOf(api, { endpoint: outage, since, until, reasons: reasonsOf(reasons) }) }
  }
  if (reasons !== undefined) throw new UsageError('--reasons goes with --outage.')
  if (eventIds.length === 0 && filter === undefined && !isTimed)
    throw new UsageError('Name events by their ids, or give --filter, --since, --until or --outage.')
  if (eventIds.length === 0) return { filter: narrowed(filter ?? '', { since, until }) }
  if (filter !== undefined || isTimed)
    throw new UsageError(
      'Events that are named by their ids are not filtered: leave out --filter, --since and --until.',
    )
  return { eventIds: [...eventIds] }
}

/** `2h` ago, a day, or an instant, as ISO 8601. */
function timeOf(option: string, text: string | undefined, now: number): string | undefined {
  if (text === undefined) return undefined
  const time = readFilterTime(text, 'local')
  if (time) return new Date(instantOf(time, now)).toISOString()
  throw new UsageError(`${option} takes a time such as 2h, 2026-11-25 or 2026-11-25T10:02, not “${text}”.`)
}

function narrowed(filter: string, { since, until }: { since: string | undefined; until: string | undefined }): string {
  return [filter, since && `since:${since}`, until && `until:${until}`].filter(Boolean).join(' ')
}

function reasonsOf(reasons: readonly string[] | undefined): OutageReason[] | undefined {
  return reasons?.map((reason) => {
    const parsed = OutageReason.safeParse(reason)
    if (parsed.success) return parsed.data
    throw new UsageError(`--reasons takes any of ${OutageReason.options.join(', ')}, not “${reason}”.`)
  })
}

/** Without a beginning, the latest outage that is known of the endpoint. */
async function outageOf(
  api: Api,
  order: {
    endpoint: string
    since: string | undefined
    until: string | undefined
    reasons: OutageReason[] | undefined
  },
): Promise<NonNullable<Order['outage']>> {
  const { endpoint: endpointId, since, until, reasons } = order
  if (since !== undefined) return { endpointId, since, until, reasons }
  const [latest] = (await api.replays.outages({ id: endpointId })).items
  if (!latest) throw new UsageError('No outage of this endpoint is known: give --since.')
  return { endpointId, since: latest.since, until: until ?? latest.until ?? undefined, reasons }
}

function signerOf(text: string): NonNullable<Order['signAs']> {
  return text === 'source' || text === 'nobody' ? text : { endpointId: text }
}
