import type { LinkView } from '#shared/contract/links/links.ts'
import type { Context } from '../../context.ts'
import { RefusedError, UnreachableError } from '../../exit.ts'
import { followForwarding } from '../../forwarding/changes.ts'
import type { FoundRelay } from '../../forwarding/relay.ts'
import type { FeedOrder } from '../../live/follow-feed.ts'
import { viewOf } from '../../text/view.ts'
import { type ConnectLine, lineText, standingText } from './line.ts'
import { type ConnectSetup, setGoing } from './setup.ts'

/** How often ages are written anew. */
const REDRAW_MS = 1_000

export interface Watched {
  hookloop: FoundRelay
  setup: ConnectSetup
  forwardTo: string
}

/** How watching ended: by a signal, or because the relay will have none of it. */
export interface WatchEnd {
  error: RefusedError | UnreachableError | null
  wasLive: boolean
}

/** Tells what comes, where it goes and how the link stands, until a signal to stop or a refusal. */
export async function watchLink(context: Context, { hookloop, setup, forwardTo }: Watched): Promise<WatchEnd> {
  const { terminal } = context
  const { link, endpoint, isNew } = setup
  const over = new AbortController()
  const signal = AbortSignal.any([terminal.untilStopped(), over.signal])
  const board = createBoard(context)
  const { onLost } = context.followOrder()
  const feed: FeedOrder = { connect: hookloop.connect, signal, onLost: () => onLost?.() }
  let wasLive = false
  board.tell({
    type: 'connecting',
    url: link.url,
    remoteSource: link.remoteSource,
    subscriber: link.subscriber,
    group: link.group,
    forwardTo,
    linkId: link.id,
    endpointId: endpoint.id,
    relay: hookloop.isOwn ? 'started' : 'running',
  })
  try {
    const begin = () => setGoing(hookloop.connect(), setup)
    const place = { sourceId: link.id, endpointId: endpoint.id, isLinked: true, begin }
    for await (const change of followForwarding(feed, place)) {
      if (change.type === 'ready') continue
      if (change.type === 'begun') {
        for (const note of change.notes) context.note(note)
        continue
      }
      board.tell(change)
      if (change.type !== 'link.changed') continue
      wasLive ||= change.link.state === 'live'
      const error = endOf(change.link, { isProven: wasLive || !isNew })
      if (error) return { error, wasLive }
    }
    return { error: null, wasLive }
  } finally {
    over.abort()
    board.close()
  }
}

/** What only a person can mend; an address that never answered is taken for a wrong one. */
function endOf({ state, reason, hint, url }: LinkView, { isProven }: { isProven: boolean }): WatchEnd['error'] {
  if (state === 'refused') return new RefusedError('link_refused', reason ?? `${url} refuses.`, hint ?? undefined)
  if (isProven || (state !== 'waiting' && state !== 'stalled')) return null
  return new UnreachableError(reason ?? `${url} cannot be reached.`)
}

/** Lines above, and below them one that is written over, where a terminal shows it. */
function createBoard({ terminal, options, tell, progress }: Context) {
  let shown: LinkView | null = null
  let told: LinkView['state'] = 'connecting'
  const draw = () => shown && progress(standingText(shown, viewOf(terminal, terminal.stderr)))
  const redraw = setInterval(draw, REDRAW_MS)

  /** A person wants to know of each change, and not of each try. */
  function isNews(line: ConnectLine): boolean {
    if (line.type !== 'link.changed' || options.json) return true
    const { state } = line.link
    if (state === told || state === 'connecting') return false
    told = state
    return true
  }

  return {
    tell(line: ConnectLine): void {
      if (line.type === 'link.changed') shown = line.link
      if (isNews(line)) {
        progress(null)
        tell(line, lineText)
      }
      draw()
    },
    close(): void {
      clearInterval(redraw)
      progress(null)
    },
  }
}
