import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { SourceView } from '#shared/contract/sources.ts'
import type { Api } from '../../../connection.ts'
import type { ForwardChange } from '../../../forwarding/changes.ts'
import { SHOWN_BODY_BYTES } from './details-view.ts'
import type { Key } from './keys.ts'
import { createSearch } from './search.ts'
import { filtered, type ListenState, opened, selected, withDetails } from './state.ts'

export interface Listening {
  connect(): Api
  source: SourceView
  endpoint: EndpointView
  captureUrl: string
  forwardTo: string
}

/** The screen, as its commands see it. */
export interface Screen {
  read(): ListenState
  update(change: (before: ListenState) => ListenState): void
  fail(error: unknown): void
}

/** What a person does from the screen; none waits, each tells the screen how it went. */
export interface Commands {
  open(): void
  replay(): void
  togglePause(): void
  type(key: Key): void
  /** Whatever has to be read again after a change. */
  after(change: ForwardChange): void
}

export function createCommands(listening: Listening, screen: Screen): Commands {
  const { connect, endpoint } = listening
  const start = (task: () => Promise<void>) => void task().catch(screen.fail)
  const say = (message: string) => screen.update((before) => ({ ...before, message }))
  const search = createSearch(listening, screen)

  return {
    open() {
      screen.update(opened)
      const eventId = screen.read().open?.eventId
      if (eventId !== undefined) start(() => load(listening, screen, eventId))
    },

    replay: () =>
      start(async () => {
        const state = screen.read()
        const eventId = state.open?.eventId ?? selected(state)?.event.id
        if (eventId === undefined) return
        await connect().replays.create({ eventIds: [eventId], endpointIds: [endpoint.id], resign: false })
        say('Sent again, as it came.')
      }),

    togglePause: () =>
      start(async () => {
        const { id } = endpoint
        if (screen.read().endpoint.state === 'active') {
          await connect().endpoints.pause({ id })
          say('Paused: what comes is held.')
          return
        }
        const { released } = await connect().endpoints.resume({ id, held: 'release' })
        say(released === 0 ? 'Forwarding goes on.' : `Forwarding goes on: ${released} that were held go out.`)
      }),

    type(key) {
      if (key.name === 'escape') screen.update((before) => filtered({ ...before, typed: null, message: '' }, null))
      else if (key.name === 'return') start(() => search.begin(screen.read().typed ?? ''))
      else screen.update((before) => ({ ...before, typed: edited(before.typed ?? '', key) }))
    },

    after(change) {
      const { open, filter } = screen.read()
      if (filter !== null) start(() => search.again())
      if (change.type === 'delivery.changed' && change.delivery.eventId === open?.eventId) {
        start(() => load(listening, screen, change.delivery.eventId))
      }
    },
  }
}

function edited(typed: string, { name, text }: Key): string {
  return name === 'backspace' ? typed.slice(0, -1) : typed + text
}

/** Everything of one event, for the details that are open. */
async function load({ connect }: Listening, screen: Screen, eventId: string): Promise<void> {
  const api = connect()
  const deliveryId = screen.read().arrivals.find(({ event }) => event.id === eventId)?.delivery?.id
  const [event, file, attempts] = await Promise.all([
    api.events.get({ id: eventId }),
    api.events.body({ id: eventId }),
    deliveryId === undefined ? { items: [] } : api.deliveries.attempts({ id: deliveryId }),
  ])
  const body = new Uint8Array(await file.slice(0, SHOWN_BODY_BYTES).arrayBuffer())
  screen.update((before) => withDetails(before, { event, body, attempts: attempts.items }))
}
