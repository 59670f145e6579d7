import { useCallback, useEffect, useRef, useState } from 'react'
import type { DryRunView } from '#shared/contract/replays.ts'
import { useSession } from '../../../platform/api/session.ts'
import { countReplay, type ReplayInput } from '../../../platform/replays/begin-replay.ts'

/** A count as it stands; `input` is what was asked, so that the same can be sent. */
export type DryRunState =
  | { kind: 'none' }
  | { kind: 'counting' }
  | { kind: 'failed'; error: unknown }
  | { kind: 'counted'; input: ReplayInput; counted: DryRunView }

/** Counts what a replay would send. A later count takes the place of an earlier one; leaving ends it. */
export function useDryRun() {
  const { client } = useSession()
  const [state, setState] = useState<DryRunState>({ kind: 'none' })
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])

  const count = useCallback(
    (input: ReplayInput): void => {
      current.current?.abort()
      const { signal } = (current.current = new AbortController())
      setState({ kind: 'counting' })
      countReplay(client, input, signal).then(
        (counted) => !signal.aborted && setState({ kind: 'counted', input, counted }),
        (error: unknown) => !signal.aborted && setState({ kind: 'failed', error }),
      )
    },
    [client],
  )
  const forget = useCallback((): void => {
    current.current?.abort()
    setState({ kind: 'none' })
  }, [])
  return { state, count, forget }
}
