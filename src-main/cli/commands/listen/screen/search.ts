import type { Listening } from './commands.ts'
import { filtered, type ListenState } from './state.ts'
import type { Screen } from './commands.ts'

/** How many events a filter is looked for in. */
const SEARCHED = 500

export interface Search {
  begin(text: string): Promise<void>
  /** The same text once more, since something changed. One at a time: what changes meanwhile is looked for afterwards. */
  again(): Promise<void>
}

/** The relay looks: there is one language of filters. */
export function createSearch({ connect, source }: Pick<Listening, 'connect' | 'source'>, screen: Screen): Search {
  const { read, update } = screen
  let isLooking = false
  let isStale = false

  async function look(text: string): Promise<ListenState['filter']> {
    const { items } = await connect().events.list({ source: source.id, filter: text, limit: SEARCHED })
    return { text, matching: new Set(items.map(({ id }) => id)) }
  }

  return {
    async begin(text) {
      const filter = text.trim() === '' ? null : await look(text)
      update((before) => filtered({ ...before, typed: null, message: '' }, filter))
    },

    async again() {
      isStale = true
      if (isLooking) return
      isLooking = true
      try {
        while (isStale) {
          isStale = false
          const text = read().filter?.text
          if (text === undefined) return
          const filter = await look(text)
          update((before) => (before.filter?.text === text ? { ...before, filter } : before))
        }
      } finally {
        isLooking = false
      }
    },
  }
}
