import type { ReplayView } from '#shared/contract/replays.ts'
import type { ApiClient } from '../api/session.ts'

export type ReplayInput = Omit<Parameters<ApiClient['replays']['create']>[0], 'dryRun' | 'project'>

/** Begins a replay. */
export async function beginReplay(client: ApiClient, input: ReplayInput): Promise<ReplayView> {
  const answer = await client.replays.create(input)
  if ('dryRun' in answer) throw new Error('a replay was asked for, and a count came')
  return answer
}
