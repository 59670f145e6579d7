import { z } from 'zod'
import { Retention, SweepCounts } from '../../model/retention.ts'
import { changes, InProject, Instant, reads } from '../base.ts'

export const SweepView = z.object({
  state: z.enum(['running', 'done', 'canceled', 'failed']),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  counts: SweepCounts,
})
export type SweepView = z.infer<typeof SweepView>

export const RetentionView = z.object({
  rule: Retention,
  lastSweep: SweepView.nullable().describe('The sweep under way, or the last one since the start.'),
})
export type RetentionView = z.infer<typeof RetentionView>

const tags = ['Storage']
const change = Retention.partial().shape

export const retention = {
  show: reads('projects:read')
    .route({ method: 'GET', path: '/retention', summary: 'Show how long a project keeps its events', tags })
    .input(InProject)
    .output(RetentionView),
  update: changes('projects:write', 'retention.update')
    .route({
      method: 'PATCH',
      path: '/retention',
      summary: 'Set how long a project keeps its events',
      description:
        'Sweeps come every hour while a limit is set. An event goes with its deliveries and attempts; the audit log stays.',
      tags,
    })
    .input(z.strictObject({ ...InProject.shape, ...change }))
    .output(RetentionView),
  preview: reads('projects:read')
    .route({
      method: 'POST',
      path: '/retention/preview',
      summary: 'Count what a rule would take now',
      description: 'What is left out is as the project’s own rule says. Nothing is changed.',
      tags,
    })
    .input(z.strictObject({ ...InProject.shape, ...change }))
    .output(SweepCounts),
  sweep: changes('projects:write', 'retention.sweep')
    .route({ method: 'POST', path: '/retention/sweep', summary: 'Sweep a project now', tags, successStatus: 202 })
    .input(z.strictObject(InProject.shape))
    .output(SweepView),
  cancel: changes('projects:write', 'retention.cancel')
    .route({
      method: 'POST',
      path: '/retention/sweep/cancel',
      summary: 'Stop a sweep',
      description: 'What it took already stays taken.',
      tags,
    })
    .input(z.strictObject(InProject.shape))
    .output(SweepView.nullable()),
}
