import { z } from 'zod'
import { ProjectId, ReplayId } from './ids.ts'

export const Replay = z.object({
  id: ReplayId,
  projectId: ProjectId,
  actor: z.string(),
  resign: z.boolean(),
  createdAt: z.number(),
})
export type Replay = z.infer<typeof Replay>

export const ReplayState = z.enum(['running', 'finished'])

/** Progress, counted from the replay's deliveries; `done` holds every final one, `failed` among them. */
export const ReplayProgress = z.object({ total: z.number(), done: z.number(), failed: z.number(), state: ReplayState })
export type ReplayProgress = z.infer<typeof ReplayProgress>
