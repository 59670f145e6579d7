import { useEffect, useRef, useState } from 'react'

/** How long after a keystroke others hear of it: those in between need not be answered. */
const SETTLES_MS = 40

interface Draft {
  draft: string
  /** Takes what was typed; `onChange` hears of it a moment later. */
  type: (next: string) => void
  /** Tells at once what was typed. */
  settle: () => void
}

/**
 * What is typed, which the address follows a moment later: what comes back from there late never takes a character away.
 * A text that was not typed here, such as that of a link or a saved filter, replaces it.
 */
export function useDraft(text: string, onChange: (text: string) => void): Draft {
  const [state, setState] = useState<State>({ draft: text, known: text, sent: [] })
  if (text !== state.known) setState(followed(state, text))
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; tell: () => void } | null>(null)
  useEffect(() => () => stop(), [])

  function stop(): void {
    if (waiting.current !== null) clearTimeout(waiting.current.timer)
    waiting.current = null
  }
  return {
    draft: state.draft,
    type(next) {
      stop()
      setState((old) => ({ ...old, draft: next }))
      const tell = (): void => {
        stop()
        setState((old) => ({ ...old, sent: [...old.sent, next].slice(-MOST_SENT) }))
        onChange(next)
      }
      waiting.current = { timer: setTimeout(tell, SETTLES_MS), tell }
    },
    settle: () => waiting.current?.tell(),
  }
}

const MOST_SENT = 50

interface State {
  draft: string
  /** As the address was last seen. */
  known: string
  /** What the address was told and has not shown yet. */
  sent: readonly string[]
}

function followed(state: State, text: string): State {
  const at = state.sent.lastIndexOf(text)
  return at === -1 ? { draft: text, known: text, sent: [] } : { ...state, known: text, sent: state.sent.slice(at + 1) }
}
