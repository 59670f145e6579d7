import type { MessagePortMain } from 'electron'
import { type StartState, StartWish } from '#shared/model/start-state.ts'

/** Speaks, over the port that it handed over, with the page that stands in the window until the product runs. */
export interface StartPage {
  connect(port: MessagePortMain): void
  show(state: StartState): void
}

export function createStartPage(grant: (wish: StartWish) => void): StartPage {
  let state: StartState = { kind: 'starting' }
  let page: MessagePortMain | null = null
  const tell = (): void => page?.postMessage(JSON.stringify(state))
  return {
    connect(port) {
      page = port
      port.on('message', ({ data }) => {
        const wish = StartWish.safeParse(data)
        // Once the product runs, the page has nothing left to wish for.
        if (wish.success && page === port && state.kind === 'failed') grant(wish.data)
      })
      tell()
    },
    show(next) {
      state = next
      tell()
    },
  }
}
