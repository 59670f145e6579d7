import type { DryRunView, ReplayView } from '#shared/contract/replays.ts'
import type { ApiClient } from '../api/session.ts'

export type ReplayInput = Omit<Parameters<ApiClient['replays']['create']>[0], 'dryRun' | 'project'>

/** Begins a replay. */
export async function beginReplay(client: ApiClient, input: ReplayInput): Promise<ReplayView> {
  const answer = await client.replays.create(input)
  if ('dryRun' in answer) throw new Error('a replay was asked for, and a count came')
  return answer
}

/** Counts what a replay would send, and sends nothing. Ends early where `signal` is aborted. */
export async function countReplay(client: ApiClient, input: ReplayInput, signal: AbortSignal): Promise<DryRunView> {
  const answer = await client.replays.create({ ...input, dryRun: true }, { signal })
  if ('dryRun' in answer) return answer
  throw new Error('a count was asked for, and a replay began')
}
