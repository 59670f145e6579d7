import { toInstant } from '#shared/contract/base.ts'
import type { ReplayView } from '#shared/contract/replays.ts'
import type { ReplayWithProgress } from '../../engine/ports.ts'

export function toReplayView({ replay, progress }: ReplayWithProgress): ReplayView {
  return { ...replay, ...progress, createdAt: toInstant(replay.createdAt) }
}
